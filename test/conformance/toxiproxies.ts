import { join } from 'node:path'
import { afterAll } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { startProgram } from '../../src/core/start-program.ts'
import { findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { talkTo, type TestProxy } from '../toxiproxy/harness.ts'

export type ToxiproxyName = 'the embedded Toxiproxy' | 'toxiproxy-server'

/** Gives it as it is when it was just started: without proxies. */
export type StartProxy = () => Promise<TestProxy>

type Server = { url: string } & AsyncDisposable

/**
 * Every test of conformance runs on both: `describe.each(bothToxiproxies())('%s', (name, start) => …)`. Each is a process
 * of its own; the first test that needs it starts it, and the end of the file stops it.
 */
export function bothToxiproxies(): [name: ToxiproxyName, start: StartProxy][] {
  return [
    ['the embedded Toxiproxy', lasting(startEmbedded)],
    ['toxiproxy-server', lasting(startReal)],
  ]
}

function lasting(start: () => Promise<Server>): StartProxy {
  let server: Promise<Server> | null = null
  afterAll(async () => (await server)?.[Symbol.asyncDispose]())
  return async () => {
    server ??= start()
    const toxiproxy = talkTo((await server).url)
    for (const name of Object.keys(await toxiproxy.ok('GET', '/proxies')))
      await toxiproxy.ok('DELETE', `/proxies/${encodeURIComponent(name)}`)
    return toxiproxy
  }
}

async function startEmbedded(): Promise<Server> {
  const main = new URL('../../src/toxiproxy/main.ts', import.meta.url)
  const program = await startProgram('toxiproxy', main, { host: '127.0.0.1', port: 0, seed: 1 })
  const { port } = program.info as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void (await program.stop()),
  }
}

/** The real one. Without it, a test fails. */
async function startReal(): Promise<Server> {
  const part = findPart('toxiproxy-server')
  if (!part) throw new Error('toxiproxy-server is missing: npm run parts')
  const folder = await temporaryFolder()
  const [port = 0] = await freePorts(1)
  const child = await startCommand({
    name: 'toxiproxy-server',
    command: [part.file, '-host', '127.0.0.1', '-port', String(port)],
    cwd: folder.path,
    env: { LOG_LEVEL: 'warn' },
    log: join(folder.path, 'toxiproxy.log'),
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    await child.stop(0)
    await folder[Symbol.asyncDispose]()
  }
  const started = performance.now()
  while (!(await fetch(`${url}/version`).catch(() => null))) {
    if (!child.hasExited && performance.now() - started < 20_000) continue
    await stop()
    throw new Error('toxiproxy-server did not start')
  }
  return { url, [Symbol.asyncDispose]: stop }
}
