import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface LogLine {
  msg: string
  level: number
  service: string
  requestId?: string
  traceId?: string
  [field: string]: unknown
}

export interface Running extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** What the service logged so far. */
  readonly log: LogLine[]
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Keeps a resource until the end of the test. */
export function use<Resource extends AsyncDisposable>(resource: Resource): Resource {
  onTestFinished(() => resource[Symbol.asyncDispose]())
  return resource
}

/** Runs a service of the shop as it is run for real, on a free port unless `PORT` says which, until it listens. */
export async function startService(name: string, env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [`services/${name}/main.ts`], {
    cwd: root,
    env: { HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: LogLine[] = []
  let errors = ''
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as LogLine
      log.push(line)
      const [listening] = /http:\/\/[\d.:]+$/.exec(line.msg) ?? []
      if (listening !== undefined) resolve(listening)
    })
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${errors}`)))
  })
  return {
    url,
    port: Number(new URL(url).port),
    log,
    kill: async () => void (await end(child, 'SIGKILL')),
    stop: () => end(child, 'SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end(child, 'SIGKILL')),
  }
}

/** A Redis that keeps nothing on disk. */
export async function startRedis(path: string): Promise<{ port: number } & AsyncDisposable> {
  const port = await freePort()
  const child = spawn(path, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  })
  await eventually(() => connects(port))
  return { port, [Symbol.asyncDispose]: async () => void (await end(child, 'SIGKILL')) }
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Tries until `check` neither throws nor rejects; the last failure is the test's after ten seconds. */
export async function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  const giveUpAt = performance.now() + 10_000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await sleep(50)
    }
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return child.exitCode
}

async function connects(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
  } finally {
    socket.destroy()
  }
}
