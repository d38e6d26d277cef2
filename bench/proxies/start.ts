import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProgram } from '../../src/core/start-program.ts'
import { freePorts } from '../../src/core/ports.ts'

/** A Toxiproxy in a process of its own. */
export interface Proxy {
  pid: number
  /** A new proxy in front of a port; gives its own. */
  open(upstream: number): Promise<number>
  stop(): Promise<unknown>
}

export async function startEmbedded(): Promise<Proxy> {
  const options = { host: '127.0.0.1', port: 0, seed: 1 }
  const main = new URL('../../src/toxiproxy/main.ts', import.meta.url)
  const program = await startProgram('toxiproxy', main, options)
  const { port } = program.info as { port: number }
  return { pid: program.identity.pid, open: (upstream) => open(port, upstream), stop: () => program.stop() }
}

export async function startReal(file: string): Promise<Proxy> {
  const [port = 0] = await freePorts(1)
  const env = { ...process.env, LOG_LEVEL: 'warn' }
  const server = spawn(file, ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore', env })
  await once(server, 'spawn')
  const exited = once(server, 'exit')
  for (let tries = 0; !(await isUp(port)); tries++) {
    if (tries === 100 || server.exitCode !== null) throw new Error(`${file} does not answer on port ${port}`)
    await sleep(50)
  }
  return {
    pid: server.pid as number,
    open: (upstream) => open(port, upstream),
    stop() {
      server.kill('SIGKILL')
      return exited
    },
  }
}

async function isUp(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/version`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function open(api: number, upstream: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${api}/proxies`, {
    method: 'POST',
    body: JSON.stringify({ name: `to-${upstream}`, listen: '127.0.0.1:0', upstream: `127.0.0.1:${upstream}` }),
  })
  if (!response.ok) throw new Error(`a proxy was refused: ${await response.text()}`)
  const { listen } = (await response.json()) as { listen: string }
  return Number(listen.slice(listen.lastIndexOf(':') + 1))
}
