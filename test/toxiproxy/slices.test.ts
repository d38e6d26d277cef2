import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import type { ToxicKind } from '../../src/toxiproxy/toxic.ts'
import { bandwidth } from '../../src/toxiproxy/toxics/bandwidth.ts'
import { slicer } from '../../src/toxiproxy/toxics/slicer.ts'
import { pause, startEdge, timed } from './harness.ts'

/** A toxic at work without a connection; attributes may be changed. */
function work<Name extends string>(kind: ToxicKind<Name>, attributes: Record<Name, number>, seed = 1) {
  const start = performance.now()
  const passed: { text: string; at: number }[] = []
  const effect = kind.affect(attributes, {
    random: seededRandom(seed, 'slices'),
    pass: ({ bytes }) => passed.push({ text: bytes.toString(), at: performance.now() - start }),
    passEnd: () => passed.push({ text: 'END', at: performance.now() - start }),
    close: () => undefined,
    reset: () => undefined,
  })
  return {
    attributes,
    effect,
    passed,
    send: (text: string) => effect.data({ bytes: Buffer.from(text), at: performance.now() }),
    /** Lengths of what has passed, and when. */
    lengths: () => passed.map(({ text, at }) => [text.length, at]),
    text: () => passed.map(({ text }) => text).join(''),
  }
}

describe('on a clock cranked by hand', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  describe('bandwidth', () => {
    test('lets slices of 100 ms through, and the end behind them', () => {
      const { effect, send, lengths } = work(bandwidth, { rate: 1 })
      send('x'.repeat(250))
      effect.end?.()
      expect(effect.held).toBe(1)
      vi.advanceTimersByTime(10_000)
      expect(lengths()).toEqual([
        [100, 100],
        [100, 200],
        [50, 250],
        [3, 250],
      ])
      expect(effect.held).toBe(0)
    })

    test('is one line: chunks wait for each other, and an idle time is not saved up', () => {
      const { send, lengths } = work(bandwidth, { rate: 1 })
      send('x'.repeat(50))
      send('x'.repeat(50))
      vi.advanceTimersByTime(1_000)
      send('x'.repeat(50))
      vi.advanceTimersByTime(1_000)
      expect(lengths()).toEqual([
        [50, 50],
        [50, 100],
        [50, 1_050],
      ])
    })

    test('makes up for timers that know no fractions of a millisecond', () => {
      const { send, passed } = work(bandwidth, { rate: 100 })
      for (let count = 0; count < 100; count++) send('x'.repeat(10))
      vi.advanceTimersByTime(10)
      expect(passed).toHaveLength(100)
      expect(passed.at(-2)?.at).toBeGreaterThan(8)
    })

    test.each([0, -1, Number.MIN_SAFE_INTEGER])('a rate of %i lets nothing through, until it is another', (rate) => {
      const { attributes, effect, send, text } = work(bandwidth, { rate })
      send('waiting')
      send(' and more')
      effect.end?.()
      vi.advanceTimersByTime(3_600_000)
      expect([text(), vi.getTimerCount()]).toEqual(['', 0])
      attributes.rate = 1
      effect.updated?.()
      vi.advanceTimersByTime(100)
      expect(text()).toBe('waiting and moreEND')
    })

    test('a huge rate is no hindrance', () => {
      const { send, text } = work(bandwidth, { rate: Number.MAX_SAFE_INTEGER })
      send('x'.repeat(1_000_000))
      vi.advanceTimersByTime(1)
      expect(text()).toHaveLength(1_000_000)
    })

    test('gives back what has not gone', () => {
      const { effect, send } = work(bandwidth, { rate: 1 })
      send(`${'x'.repeat(100)}rest`)
      send(' and more')
      vi.advanceTimersByTime(102)
      expect(effect.release?.().map(({ bytes }) => bytes.toString())).toEqual(['rest', ' and more'])
      expect([effect.held, vi.getTimerCount()]).toEqual([0, 0])
    })
  })

  describe('slicer', () => {
    const attributes = { average_size: 25, size_variation: 0, delay: 10_000 }

    test('halves chunks until they are small enough; the first slice comes at once, the others a delay apart', () => {
      const { effect, send, lengths } = work(slicer, { ...attributes })
      send('x'.repeat(80))
      send('x'.repeat(10))
      effect.end?.()
      vi.advanceTimersByTime(1_000)
      expect(lengths()).toEqual([
        [20, 0],
        [20, 10],
        [20, 20],
        [20, 30],
        [10, 40],
        [3, 40],
      ])
    })

    test('varies the slices by its seed and loses nothing', () => {
      const sent = Array.from({ length: 1_000 }, (_, index) => index).join()
      const slices = (seed: number) => {
        const { send, passed, text } = work(slicer, { average_size: 20, size_variation: 10, delay: 1 }, seed)
        send(sent)
        vi.advanceTimersByTime(100)
        expect(text()).toBe(sent)
        return passed.map((slice) => slice.text.length)
      }
      const lengths = slices(1)
      expect(new Set(lengths).size).toBeGreaterThan(5)
      expect(Math.max(...lengths)).toBeLessThanOrEqual(30)
      expect(slices(1)).toEqual(lengths)
      expect(slices(2)).not.toEqual(lengths)
    })

    test('knows delays of microseconds', () => {
      const { send, passed } = work(slicer, { average_size: 1, size_variation: 0, delay: 10 })
      send('x'.repeat(1_000))
      vi.advanceTimersByTime(9)
      expect(passed.length).toBeLessThan(1_000)
      vi.advanceTimersByTime(2)
      expect(passed).toHaveLength(1_000)
    })

    const most = Number.MAX_SAFE_INTEGER
    test.each([
      [0, 0, 0],
      [-5, -5, -5_000],
      [0, most, 0],
      [most, most, 0],
      [1, 40_000, 0],
      [1, -most, 1],
      [-most, 3, 1],
    ])('sizes and delays of %i ± %i, %i lose nothing', (average_size, size_variation, delay) => {
      const { send, text } = work(slicer, { average_size, size_variation, delay })
      const sent = '0123456789'.repeat(3_000)
      send(sent)
      vi.advanceTimersByTime(1_000)
      expect(text()).toBe(sent)
    })

    test('others have their turn before a thousand slices without a delay are through', () => {
      const { send, passed } = work(slicer, { average_size: 1, size_variation: 0, delay: 0 })
      send('x'.repeat(1_000))
      expect(passed.length).toBeLessThan(300)
      vi.advanceTimersByTime(10)
      expect(passed).toHaveLength(1_000)
    })

    test('a shorter delay is heeded at once, without a rush for what a longer one held up', () => {
      const { attributes: live, effect, send, lengths } = work(slicer, { ...attributes, delay: 3_600_000_000 })
      send('x'.repeat(100))
      vi.advanceTimersByTime(1_000)
      live.delay = 100_000
      effect.updated?.()
      vi.advanceTimersByTime(1_000)
      expect(lengths()).toEqual([
        [25, 0],
        [25, 1_000],
        [25, 1_000],
        [25, 1_100],
      ])
    })

    test('gives back what has not gone', () => {
      const { effect, send } = work(slicer, { ...attributes })
      send('x'.repeat(50) + 'y'.repeat(50))
      vi.advanceTimersByTime(15)
      expect(effect.release?.().map(({ bytes }) => bytes.toString())).toEqual(['y'.repeat(50)])
      expect([effect.held, vi.getTimerCount()]).toEqual([0, 0])
    })
  })
})

test('bandwidth is that of each connection and direction', async () => {
  const { peer, addToxic } = await startEdge()
  await addToxic('bandwidth', { rate: 10 })
  const text = 'x'.repeat(2_000)
  expect(await timed(async () => expect(await peer.ask(text)).toBe(text))).toBeGreaterThanOrEqual(200)
  await addToxic('bandwidth', { rate: 10 }, { stream: 'upstream' })
  expect(await timed(() => peer.ask('x'.repeat(2_000)))).toBeGreaterThanOrEqual(290)
})

test('a bandwidth of 0 stalls, with the end of the connection behind the data', async () => {
  const { peer, addToxic, change } = await startEdge()
  await addToxic('bandwidth')
  peer.socket.end('waiting')
  await pause(100)
  expect(peer.received).toBe('')
  await change('PATCH', 'bandwidth_downstream', { attributes: { rate: 1_000 } })
  expect(await peer.next(7)).toBe('waiting')
  expect(await peer.over).toBe('end')
})

test.each([
  ['bandwidth', { rate: 0 }],
  ['bandwidth', { rate: 1 }],
  ['slicer', { delay: 3_600_000_000 }],
])('%s gives back what it holds when it is removed', async (type, attributes) => {
  const { peer, addToxic, change } = await startEdge()
  await addToxic(type, attributes)
  const text = 'x'.repeat(10_000)
  peer.socket.end(text)
  await pause(50)
  expect(peer.received.length).toBeLessThan(100)
  await change('DELETE', `${type}_downstream`)
  expect(await peer.next(text.length)).toBe(text)
  expect(await peer.over).toBe('end')
})

test('slices come in pieces, a delay apart', async () => {
  const { peer, addToxic } = await startEdge()
  await addToxic('slicer', { average_size: 25, delay: 30_000 })
  let pieces = 0
  peer.socket.on('data', () => pieces++)
  const text = '0123456789'.repeat(10)
  expect(await timed(async () => expect(await peer.ask(text)).toBe(text))).toBeGreaterThanOrEqual(90)
  expect(pieces).toBeGreaterThan(1)
})
