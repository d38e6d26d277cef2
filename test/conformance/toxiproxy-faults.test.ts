import { describe, expect, test } from 'vitest'
import { canaryLimitMs, feels, hasCanary } from '../../src/fault/felt.ts'
import { undoOverToxiproxy } from '../../src/fault/undo.ts'
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
} from '../../src/fault/vocabulary.ts'
import { tryDial } from '../toxiproxy/harness.ts'
import { openEdge } from './fault-edge.ts'
import { bothToxiproxies } from './toxiproxies.ts'

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

/** A delay is felt by time, which a busy machine lengthens. */
const askedOnceMore = { retry: 1 }

describe.each(bothToxiproxies())('%s', (_server, start) => {
  test.for<['http' | 'redis', Fault]>([
    ...ofWeb.map((fault): ['http', Fault] => ['http', fault]),
    ...ofRedis.map((fault): ['redis', Fault] => ['redis', fault]),
  ])(
    'the canary to a service that speaks %s feels %j while it is there, and only then',
    askedOnceMore,
    async ([kind, fault]) => {
      const { edge, edges, canary } = await openEdge(kind, start)
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
    },
  )

  test('a port that flaps begins refused, comes and goes as it is told, and is let through in the end', async () => {
    const { edge, edges } = await openEdge('http', start)
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
    const { edge, edges } = await openEdge('http', start)
    await edges.inject(fault, 'n.1', edge)
    const shown = await fetch(`${edges.api}/proxies/client-to-http/toxics/n.1`)
    expect(await shown.json()).toMatchObject({ name: 'n.1', stream: 'downstream', toxicity: 1, attributes })
  })
})
