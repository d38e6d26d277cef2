import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import { slowClose } from '../../src/toxiproxy/toxics/slow-close.ts'
import { type Peer, dial, mebibyte, pause, startEdge, timed, until, writeUntilStuck } from './harness.ts'

describe('latency', () => {
  test('does not delay the end, save behind the data', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('latency', { latency: 200 }, { stream: 'upstream' })
    const took = await timed(async () => {
      peer.socket.end('last words')
      expect(await peer.next(10)).toBe('last words')
      expect(await peer.over).toBe('end')
    })
    expect(took).toBeGreaterThanOrEqual(200)
  })

  test('holds a bounded number of chunks, then stops the sender', async () => {
    const { peer, addToxic, change, upstream } = await startEdge()
    await addToxic('latency', { latency: 3_600_000 }, { stream: 'upstream' })
    const total = 128 * mebibyte
    expect((await writeUntilStuck(peer.socket, total)).taken).toBeLessThan((total * 3) / 4)
    upstream.unpipe()
    upstream.resume()
    const read = upstream.bytesRead
    await change('DELETE', 'latency_upstream')
    await until(() => upstream.bytesRead - read >= total)
    expect(upstream.bytesRead - read).toBe(total)
  })

  test('gives back what it holds when it is removed', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('latency', { latency: 3_600_000 })
    peer.socket.write('one,')
    await pause(50)
    peer.socket.end('two')
    await pause(50)
    await change('DELETE', 'latency_downstream')
    expect(await peer.next(7)).toBe('one,two')
    expect(await peer.over).toBe('end')
  })
})

describe('timeout', () => {
  test('lets the connection live on when its toxicity is set to 0', async () => {
    const { peer, addToxic, change, upstream } = await startEdge()
    await addToxic('timeout')
    const read = upstream.bytesRead
    peer.socket.write('lost')
    await until(() => upstream.bytesRead === read + 4)
    await pause(50)
    await change('PATCH', 'timeout_downstream', { toxicity: 0 })
    expect(await peer.ask('found')).toBe('found')
    await change('DELETE', 'timeout_downstream')
    expect(await peer.ask('still here')).toBe('still here')
  })

  test('gets a new time at once when it is updated', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('timeout', { timeout: 3_600_000 })
    await change('PATCH', 'timeout_downstream', { attributes: { timeout: 1 } })
    expect(await peer.over).toBe('end')
  })
})

test('what one toxic holds and another drops is room for more', async () => {
  const { peer, addToxic, change } = await startEdge()
  await addToxic('latency', { latency: 100 }, { name: 'slow', stream: 'upstream' })
  await addToxic('timeout', {}, { name: 'hole', stream: 'upstream' })
  const total = 96 * mebibyte
  expect((await writeUntilStuck(peer.socket, total)).taken).toBe(total)
  await change('PATCH', 'slow', { attributes: { latency: 3_600_000 } })
  expect((await writeUntilStuck(peer.socket, total)).taken).toBeLessThan(total)
  await change('DELETE', 'slow')
  await until(() => peer.socket.writableLength === 0)
})

describe('reset_peer', () => {
  const resetOf = (socket: Socket) =>
    once(socket, 'close').then(
      () => 'close',
      (error: NodeJS.ErrnoException) => error.code,
    )

  test('resets both sides of a connection that was there before', async () => {
    const { peer, addToxic, upstream } = await startEdge()
    const upstreamReset = resetOf(upstream)
    await addToxic('reset_peer')
    peer.socket.write('x')
    expect(await peer.over).toBe('ECONNRESET')
    expect(await upstreamReset).toBe('ECONNRESET')
  })

  test('waits before it does', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('reset_peer', { timeout: 200 })
    peer.socket.write('x')
    const took = await timed(async () => expect(await peer.over).toBe('ECONNRESET'))
    expect(took).toBeGreaterThanOrEqual(199)
    expect(peer.received).toBe('')
  })

  test('resets at the end, if no data came', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('reset_peer', {}, { stream: 'upstream' })
    peer.socket.end()
    expect(await peer.over).toBe('ECONNRESET')
  })

  test('gives back what it holds when it is removed in time', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('reset_peer', { timeout: 3_600_000 })
    peer.socket.write('one,')
    await pause(50)
    peer.socket.end('two')
    await pause(50)
    const took = await timed(() => change('DELETE', 'reset_peer_downstream'))
    expect(took).toBeLessThan(5_000)
    expect(await peer.next(7)).toBe('one,two')
    expect(await peer.over).toBe('end')
  })

  test('gets a new time at once when it is updated', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('reset_peer', { timeout: 3_600_000 })
    peer.socket.write('x')
    await pause(50)
    await change('PATCH', 'reset_peer_downstream', { attributes: { timeout: 10 } })
    expect(await peer.over).toBe('ECONNRESET')
  })

  test('stops the sender while it waits', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('reset_peer', { timeout: 3_600_000 }, { stream: 'upstream' })
    const total = 64 * mebibyte
    expect((await writeUntilStuck(peer.socket, total)).taken).toBeLessThan(total / 2)
  })

  test('of toxicity 0 leaves closes as they are', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('reset_peer', {}, { toxicity: 0 })
    peer.socket.end('bye')
    expect(await peer.next(3)).toBe('bye')
    expect(await peer.over).toBe('end')
  })
})

describe('slow_close', () => {
  test('lets data through, and delays the end of its direction', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('slow_close', { delay: 200 })
    expect(await peer.ask('at once')).toBe('at once')
    const took = await timed(async () => {
      peer.socket.end('last words')
      expect(await peer.next(10)).toBe('last words')
      expect(peer.socket.readableEnded).toBe(false)
      expect(await peer.over).toBe('end')
    })
    expect(took).toBeGreaterThanOrEqual(200)
  })

  test('adds up with another', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('slow_close', { delay: 100 }, { name: 'one' })
    await addToxic('slow_close', { delay: 100 }, { name: 'two' })
    peer.socket.end()
    expect(await timed(() => peer.over)).toBeGreaterThanOrEqual(200)
  })

  test.each([0, -1])('of %i delays nothing', async (delay) => {
    const { peer, addToxic } = await startEdge()
    await addToxic('slow_close', { delay })
    peer.socket.end('bye')
    expect(await peer.next(3)).toBe('bye')
    expect(await peer.over).toBe('end')
  })

  test('tells the end once, however often it is updated', () => {
    const passEnd = vi.fn<() => void>()
    const nothing = () => undefined
    const outlet = { random: seededRandom(1, 'none'), pass: nothing, passEnd, close: nothing, reset: nothing }
    const effect = slowClose.affect({ delay: 0 }, outlet)
    effect.end?.()
    effect.updated?.()
    expect(passEnd).toHaveBeenCalledOnce()
  })
})

describe('limit_data', () => {
  test('lets the end through', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('limit_data', { bytes: 100 })
    peer.socket.end('bye')
    expect(await peer.next(3)).toBe('bye')
    expect(await peer.over).toBe('end')
  })
})

test('toxics come and go under traffic and lose nothing', async () => {
  const { listen, addToxic, change } = await startEdge()
  const peers = await Promise.all(Array.from({ length: 20 }, () => dial(listen)))
  const state = { running: true }
  const chatter = async (peer: Peer, index: number) => {
    let turns = 0
    while (state.running || turns < 5) {
      const text = `${index}/${turns};`.repeat(1 + (turns % 50))
      expect(await peer.ask(text)).toBe(text)
      turns++
    }
    return turns
  }
  const talking = peers.map(chatter)
  for (let round = 0; round < 15; round++) {
    await addToxic('latency', { latency: 2, jitter: 2 }, { name: 'a' })
    await addToxic('noop', {}, { name: 'b', stream: 'upstream' })
    await addToxic('reset_peer', { timeout: 3_600_000 }, { name: 'c' })
    await addToxic('slicer', { average_size: 20, size_variation: 10, delay: 50 }, { name: 'd' })
    await addToxic('bandwidth', { rate: 100 }, { name: 'e', stream: 'upstream' })
    await addToxic('limit_data', { bytes: 1_000_000_000 }, { name: 'f' })
    await change('PATCH', 'a', { attributes: { latency: 50 } })
    for (const name of ['c', 'd', 'e', 'f']) await change('DELETE', name)
    await change('PATCH', 'a', { toxicity: 0.5 })
    await change('DELETE', 'b')
    await change('DELETE', 'a')
  }
  state.running = false
  for (const turns of await Promise.all(talking)) expect(turns).toBeGreaterThanOrEqual(5)
})

test('noop lets the end through', async () => {
  const { peer, addToxic } = await startEdge()
  await addToxic('noop')
  await addToxic('noop', {}, { stream: 'upstream' })
  peer.socket.end('bye')
  expect(await peer.next(3)).toBe('bye')
  expect(await peer.over).toBe('end')
})
