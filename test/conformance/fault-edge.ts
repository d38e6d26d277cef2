import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import { freePorts } from '../../src/core/ports.ts'
import { sendCanary } from '../../src/fault/canary.ts'
import { connectToxiproxy } from '../../src/fault/driver/toxiproxy.ts'
import type { CanaryReading } from '../../src/fault/record.ts'
import { startRedisStandIn } from '../../src/redis/server.ts'
import type { Probe } from '../../src/system/define.ts'
import type { Edge } from '../../src/system/topology.ts'
import { startEcho } from '../toxiproxy/harness.ts'
import type { StartProxy } from './toxiproxies.ts'

const upstreams = { http: startWeb, redis: startRedis, echo: async () => (await startEcho()).port }

/** An edge to a web service, a Redis or an echo, as it is planned: its proxy is not made yet. */
export async function edgeTo(kind: keyof typeof upstreams, id = `client → ${kind}`): Promise<Edge> {
  const upstream = { host: '127.0.0.1', port: await upstreams[kind]() }
  const [port = 0] = await freePorts(1)
  const [consumer = '', instance = ''] = id.split(' → ')
  const [provider = ''] = instance.split('#')
  return { id, consumer, provider, instance, proxy: { host: '127.0.0.1', port }, tap: upstream, upstream }
}

/** The edge with its proxy, the driver that holds it, and a canary that goes through it. */
export async function openEdge(kind: keyof typeof upstreams, start: StartProxy, id?: string) {
  // The server first: a port that is only chosen is still free to it.
  const edges = await connectToxiproxy((await start()).url)
  const edge = await edgeTo(kind, id)
  await edges.open(edge)
  const asked: Probe = kind === 'redis' ? { kind } : { kind: 'http', path: '/healthz' }
  const clock = monotonicClock()
  const { signal } = new AbortController()
  const canary = (when: CanaryReading['when'], limitMs: number) =>
    sendCanary(edge, { provider: asked, when, limitMs, clock, signal })
  return { edge, edges, canary }
}

async function startWeb(): Promise<number> {
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'application/json').end('{"status":"ok"}'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return (server.address() as AddressInfo).port
}

async function startRedis(): Promise<number> {
  const server = await startRedisStandIn({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  return server.port
}
