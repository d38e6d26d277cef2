import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { monotonicClock } from '../../../src/core/clock.ts'
import { freePorts } from '../../../src/core/ports.ts'
import { sendCanary } from '../../../src/fault/canary.ts'
import { connectToxiproxy } from '../../../src/fault/driver/toxiproxy.ts'
import { canaryLimitMs, feels, hasCanary } from '../../../src/fault/felt.ts'
import type { CanaryReading } from '../../../src/fault/record.ts'
import { undoOverToxiproxy } from '../../../src/fault/undo.ts'
import {
  bandwidth,
  down,
  type Fault,
  flapping,
  latency,
  limitData,
  reset,
  slicer,
  slowClose,
  timeout,
} from '../../../src/fault/vocabulary.ts'
import { startRedisStandIn } from '../../../src/redis/server.ts'
import type { Probe } from '../../../src/system/define.ts'
import type { Edge } from '../../../src/system/topology.ts'
import { startTestProxy, tryDial } from '../../toxiproxy/harness.ts'

/** Each in a strength that the answer of some 200 bytes of a small web service shows. */
const ofWeb: Fault[] = [
  down('web'),
  timeout('web'),
  timeout('web', { stream: 'upstream' }),
  timeout('web', { after: '50ms' }),
  reset('web'),
  reset('web', { after: '50ms' }),
  latency('web', '100ms'),
  latency('web', '150ms', { jitter: '50ms' }),
  bandwidth('web', 2),
  slicer('web', { size: 50, delay: '20ms' }),
  limitData('web', 0),
  limitData('web', 100),
  slowClose('web', '100ms'),
]
/** The canary has its Redis say more. */
const ofRedis = [
  bandwidth('redis', 50),
  slicer('redis', { size: 500, delay: '10ms' }),
  limitData('redis', 4_000),
  slowClose('redis', '100ms'),
]

/** An edge of a web service, or of a Redis, with its proxy. */
async function startEdgeTo(kind: 'http' | 'redis') {
  const asked: Probe = kind === 'http' ? { kind, path: '/healthz' } : { kind }
  const upstream = { host: '127.0.0.1', port: await (kind === 'http' ? startWeb() : startRedis()) }
  const [port = 0] = await freePorts(1)
  const edge: Edge = {
    id: `client → ${kind}`,
    consumer: 'client',
    provider: kind,
    instance: kind,
    proxy: { host: '127.0.0.1', port },
    tap: upstream,
    upstream,
  }
  const edges = await connectToxiproxy((await startTestProxy()).url)
  await edges.open(edge)
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

test.for<['http' | 'redis', Fault]>([
  ...ofWeb.map((fault): ['http', Fault] => ['http', fault]),
  ...ofRedis.map((fault): ['redis', Fault] => ['redis', fault]),
])('the canary to a service that speaks %s feels %j while it is there, and only then', async ([kind, fault]) => {
  const { edge, edges, canary } = await startEdgeTo(kind)
  if (!hasCanary(fault)) throw new TypeError(`no canary feels ${fault.kind}`)
  const limitMs = canaryLimitMs(fault)
  const before = await canary('before', limitMs)
  expect(before).toMatchObject({ outcome: 'answered', closedAfter: expect.any(Number) as number })
  expect(feels(fault, before, before)).toBe(false)

  await edges.inject(fault, 'n.1', edge)
  for (let turn = 0; turn < 2; turn++) {
    const during = await canary('during', limitMs)
    expect([during, feels(fault, during, before)]).toEqual([during, true])
  }

  await undoOverToxiproxy(edges.undoOf(fault, 'n.1', edge), { limitMs: 1_000 })
  const after = await canary('after', limitMs)
  expect(after.outcome).toBe('answered')
  expect([after, feels(fault, after, before)]).toEqual([after, false])
})

test('a port that flaps begins refused, comes and goes as it is told, and is let through in the end', async () => {
  const { edge, edges } = await startEdgeTo('http')
  const fault = flapping('web')
  await edges.inject(fault, 'n.1', edge)
  expect(await tryDial(edge.proxy.port)).toBe('ECONNREFUSED')
  await edges.setEnabled(edge, true)
  expect(await tryDial(edge.proxy.port)).toBe('connected')
  await edges.setEnabled(edge, false)
  expect(await tryDial(edge.proxy.port)).toBe('ECONNREFUSED')
  expect(await undoOverToxiproxy(edges.undoOf(fault, 'n.1', edge), { limitMs: 1_000 })).toEqual(['remove'])
  expect(await tryDial(edge.proxy.port)).toBe('connected')
})

test.for<[Fault, Record<string, number>]>([
  [timeout('web', { after: '1.5s' }), { timeout: 1_500 }],
  [reset('web', { after: '0.6ms' }), { timeout: 1 }],
  [latency('web', '1.5s', { jitter: '10ms' }), { latency: 1_500, jitter: 10 }],
  [bandwidth('web', 7), { rate: 7 }],
  [slicer('web', { size: 9, delay: '1.5ms' }), { average_size: 9, size_variation: 0, delay: 1_500 }],
  [limitData('web', 11), { bytes: 11 }],
  [slowClose('web', '2s'), { delay: 2_000 }],
])('%j becomes a toxic with the attributes %o', async ([fault, attributes]) => {
  const { edge, edges } = await startEdgeTo('http')
  await edges.inject(fault, 'n.1', edge)
  const shown = await fetch(`${edges.api}/proxies/client-to-http/toxics/n.1`)
  expect(await shown.json()).toMatchObject({ name: 'n.1', stream: 'downstream', toxicity: 1, attributes })
})
