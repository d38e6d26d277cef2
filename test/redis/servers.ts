import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, afterAll } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { startRedisStandIn } from '../../src/redis/server.ts'
import { need } from '../parts.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { connectRaw } from './resp-client.ts'

type Server = { port: number } & AsyncDisposable
type NamedServer = [name: string, server: (ctx: TestContext) => Promise<Server>]

/**
 * Every test of conformance runs on both: `describe.each(bothServers())('%s', (_, server) => …)`. The first test that
 * needs a server starts it, and the end of the file stops it.
 */
export function bothServers(): [standIn: NamedServer, redisServer: NamedServer] {
  return [
    ['the stand-in', lasting(() => startStandIn())],
    ['redis-server', lasting((ctx) => startRedisServer(need(ctx, 'redis-server')))],
  ]
}

function lasting(start: (ctx: TestContext) => Promise<Server>): (ctx: TestContext) => Promise<Server> {
  let server: Promise<Server> | null = null
  afterAll(async () => (await server)?.[Symbol.asyncDispose]())
  return (ctx) => (server ??= start(ctx))
}

/** The stand-in on a free port, with a clock of its own when a test brings one. */
export async function startStandIn(settings: { now?: () => number } = {}): Promise<Server> {
  const server = await startRedisStandIn({ host: '127.0.0.1', port: 0, now: settings.now ?? Date.now })
  return { port: server.port, [Symbol.asyncDispose]: () => server.close() }
}

/** The real Redis on a free port, without persistence. */
async function startRedisServer(path: string): Promise<Server> {
  const folder = await temporaryFolder()
  const port = await freePort()
  const child = await startCommand({
    name: 'redis-server',
    command: [path, '--save', '', '--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path],
    cwd: folder.path,
    env: {},
    log: join(folder.path, 'redis.log'),
  })
  const stop = async () => {
    await child.stop()
    await folder[Symbol.asyncDispose]()
  }
  const started = performance.now()
  while (!(await answers(port))) {
    if (child.hasExited || performance.now() - started > 20_000) {
      await stop()
      throw new Error('redis-server does not answer')
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { port, [Symbol.asyncDispose]: stop }
}

async function answers(port: number): Promise<boolean> {
  try {
    await using client = await connectRaw(port)
    return (await client.ask('PING')) === '+PONG'
  } catch {
    return false
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
