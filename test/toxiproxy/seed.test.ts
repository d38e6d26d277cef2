import { expect, test } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import type { Chunk } from '../../src/toxiproxy/toxic.ts'
import { latency } from '../../src/toxiproxy/toxics/latency.ts'
import { type Peer, dial, startEcho, startTestProxy } from './harness.ts'

async function survives(peer: Peer): Promise<boolean> {
  peer.socket.write('x')
  return (await peer.next(1)) === 'x'
}

/** Which of `count` connections, one after the other, a toxic of that toxicity leaves alone. */
async function draw(seed: number, toxicity: number, count = 40): Promise<string> {
  const { port } = await startEcho()
  const { proxy, addToxic } = await startTestProxy({ seed })
  const listen = await proxy(port)
  await addToxic('reset_peer', {}, { toxicity })
  let drawn = ''
  for (let index = 0; index < count; index++) drawn += (await survives(await dial(listen))) ? '.' : 'X'
  return drawn
}

test('the same seed hits the same connections, another one others', async () => {
  const drawn = await draw(7, 0.5)
  expect(drawn).toMatch(/X/)
  expect(drawn).toMatch(/\./)
  expect(await draw(7, 0.5)).toBe(drawn)
  expect(await draw(8, 0.5)).not.toBe(drawn)
})

test('a higher toxicity hits those of a lower one and more', async () => {
  const [few, many] = [await draw(3, 0.3), await draw(3, 0.7)]
  const hits = (drawn: string) => [...drawn].flatMap((mark, index) => (mark === 'X' ? [index] : []))
  expect(hits(many).length).toBeGreaterThan(hits(few).length)
  expect(hits(many)).toEqual(expect.arrayContaining(hits(few)))
})

test('toxicity is the share of connections, not of bytes', async () => {
  const drawn = await draw(11, 0.3, 200)
  const share = [...drawn].filter((mark) => mark === 'X').length / drawn.length
  // The seed is fixed, so this is a fact about it and not a matter of luck.
  expect(share).toBeGreaterThan(0.2)
  expect(share).toBeLessThan(0.4)
})

test('a connection is drawn once: neither updates nor neighbours draw again', async () => {
  const { port } = await startEcho()
  const { ok, proxy, addToxic } = await startTestProxy({ seed: 5 })
  const listen = await proxy(port)
  await addToxic('reset_peer', {}, { toxicity: 0.5 })
  const peers: Peer[] = []
  for (let index = 0; index < 40; index++) peers.push(await dial(listen))
  const outcomes = await Promise.all(peers.map(survives))
  const survivors = peers.filter((_, index) => outcomes[index])
  expect(survivors.length).toBeGreaterThan(5)
  expect(survivors.length).toBeLessThan(35)

  const path = '/proxies/edge/toxics/reset_peer_downstream'
  for (let round = 0; round < 10; round++) {
    await ok('PATCH', path, { attributes: { timeout: 0 } })
    await addToxic('noop')
    await ok('DELETE', '/proxies/edge/toxics/noop_downstream')
    expect(await Promise.all(survivors.map(survives))).toEqual(survivors.map(() => true))
  }
  await ok('PATCH', path, { toxicity: 1 })
  expect(await Promise.all(survivors.map(survives))).toEqual(survivors.map(() => false))
})

/** The delays that jitter gives to chunks, told by how far their times are moved on. */
async function delays(seed: number): Promise<number[]> {
  const passed: Chunk[] = []
  const effect = latency.affect(
    { latency: 20, jitter: 10 },
    {
      random: seededRandom(seed, 'jitter'),
      pass: (chunk) => passed.push(chunk),
      passEnd: () => undefined,
      close: () => undefined,
      reset: () => undefined,
    },
  )
  const chunks: Chunk[] = Array.from({ length: 50 }, () => ({ bytes: Buffer.alloc(1), at: performance.now() }))
  const arrived = chunks.map(({ at }) => at)
  for (const chunk of chunks) effect.data(chunk)
  await expect.poll(() => passed.length, { timeout: 5_000 }).toBe(50)
  expect(passed).toEqual(chunks)
  return chunks.map(({ at }, index) => Math.round((at - (arrived[index] ?? 0)) * 1e6))
}

test('the same seed gives the same jitter', async () => {
  const jittered = await delays(1)
  expect(await delays(1)).toEqual(jittered)
  expect(await delays(2)).not.toEqual(jittered)
  expect(Math.min(...jittered)).toBeGreaterThanOrEqual(10e6)
  expect(Math.max(...jittered)).toBeLessThanOrEqual(30e6)
  expect(Math.max(...jittered) - Math.min(...jittered)).toBeGreaterThan(10e6)
})
