import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import { slowClose } from '../../src/toxiproxy/toxics/slow-close.ts'
import {
  type Peer,
  dial,
  mebibyte,
  pause,
  startEdge,
  startServer,
  startTestProxy,
  timed,
  until,
  writeUntilStuck,
} from './harness.ts'

describe('latency', () => {
  test('delays data of its direction, also on connections that were there before', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('latency', { latency: 150 })
    expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(150)
    await addToxic('latency', { latency: 100 }, { stream: 'upstream' })
    expect(await timed(() => peer.ask('later'))).toBeGreaterThanOrEqual(250)
  })

  test('adds up with the latency of another toxic in its chain', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('latency', { latency: 80 }, { name: 'one' })
    await addToxic('latency', { latency: 80 }, { name: 'two' })
    expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(160)
  })

  test('keeps the order and does not divide the throughput', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('latency', { latency: 300, jitter: 100 })
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index};`)
    const took = await timed(async () => {
      for (const text of texts) {
        peer.socket.write(text)
        await pause(5)
      }
      expect(await peer.next(texts.join('').length)).toBe(texts.join(''))
    })
    expect(took).toBeGreaterThanOrEqual(200)
    // One after the other they would take 9 s.
    expect(took).toBeLessThan(5_000)
  })

  test('does not delay connecting', async () => {
    const { listen, addToxic } = await startEdge()
    await addToxic('latency', { latency: 60_000 })
    expect(await timed(() => dial(listen))).toBeLessThan(10_000)
  })

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

  test('measures what it holds anew when it is updated', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('latency', { latency: 3_600_000 })
    peer.socket.write('waiting')
    await pause(50)
    await change('PATCH', 'latency_downstream', { attributes: { latency: 1 } })
    expect(await peer.next(7)).toBe('waiting')
    await change('PATCH', 'latency_downstream', { attributes: { latency: 200 } })
    expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(200)
  })

  test('delivers what it holds when the sender is gone', async () => {
    const { port } = await startServer((socket) => {
      socket.write('last words')
      setTimeout(() => socket.resetAndDestroy(), 50)
    })
    const { proxy, addToxic } = await startTestProxy()
    const listen = await proxy(port)
    await addToxic('latency', { latency: 300 })
    const peer = await dial(listen)
    expect(await peer.next(10)).toBe('last words')
    expect(await peer.over).toBe('end')
  })

  test('below 0 is no delay', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('latency', { latency: -5_000, jitter: -5_000 })
    expect(await peer.ask('at once')).toBe('at once')
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
})

describe('timeout', () => {
  test('drops data of its direction, and closes when that long nothing was dropped', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('timeout', { timeout: 150 })
    const took = await timed(async () => {
      for (let round = 0; round < 8; round++) {
        peer.socket.write('lost')
        await pause(50)
      }
      expect(await peer.over).toBe('end')
    })
    expect(peer.received).toBe('')
    expect(took).toBeGreaterThanOrEqual(350 + 149)
  })

  test('closes a silent connection too', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('timeout', { timeout: 50 }, { stream: 'upstream' })
    expect(await peer.over).toBe('end')
  })

  test.each([0, -1])('of %i never closes; removing it does', async (timeout) => {
    const { peer, addToxic, change, upstream } = await startEdge()
    await addToxic('timeout', { timeout })
    const read = upstream.bytesRead
    peer.socket.write('lost')
    await until(() => upstream.bytesRead === read + 4)
    await pause(100)
    expect(peer.socket.readableEnded).toBe(false)
    expect(peer.received).toBe('')
    const upstreamClosed = once(upstream, 'end')
    await change('DELETE', 'timeout_downstream')
    expect(await peer.over).toBe('end')
    await upstreamClosed
    expect(peer.received).toBe('')
  })

  test('upstream: requests never arrive', async () => {
    const { peer, addToxic, upstream } = await startEdge()
    await addToxic('timeout', {}, { stream: 'upstream' })
    const read = upstream.bytesRead
    peer.socket.write('lost')
    await pause(100)
    expect(upstream.bytesRead).toBe(read)
  })

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

  test('closes when what another toxic holds is delivered', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('timeout', {}, { name: 'hole' })
    await change('PATCH', 'hole', { toxicity: 0 })
    await addToxic('latency', { latency: 200 }, { name: 'slow' })
    peer.socket.write('on its way')
    await pause(50)
    await change('PATCH', 'hole', { toxicity: 1, attributes: { timeout: 1 } })
    expect(await peer.next(10)).toBe('on its way')
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

  test('resets new connections, at the first data of its direction', async () => {
    const { listen, peer, addToxic } = await startEdge()
    await addToxic('reset_peer', {}, { stream: 'upstream' })
    const later = await dial(listen)
    await pause(50)
    expect(later.socket.destroyed).toBe(false)
    later.socket.write('x')
    expect(await later.over).toBe('ECONNRESET')
    expect(peer.socket.destroyed).toBe(false)
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

  test('delays also the end of a sender that is gone', async () => {
    const { port } = await startServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const { proxy, addToxic } = await startTestProxy()
    const listen = await proxy(port)
    await addToxic('slow_close', { delay: 200 })
    const peer = await dial(listen)
    const took = await timed(async () => {
      peer.socket.write('x')
      expect(await peer.over).toBe('end')
    })
    expect(took).toBeGreaterThanOrEqual(200)
  })

  test.each([0, -1])('of %i delays nothing', async (delay) => {
    const { peer, addToxic } = await startEdge()
    await addToxic('slow_close', { delay })
    peer.socket.end('bye')
    expect(await peer.next(3)).toBe('bye')
    expect(await peer.over).toBe('end')
  })

  test.each([
    ['removed', 'DELETE', undefined],
    ['given a shorter delay', 'PATCH', { attributes: { delay: 1 } }],
  ])('ends at once when it is %s', async (_how, method, body) => {
    const { peer, addToxic, change, upstream } = await startEdge()
    await addToxic('slow_close', { delay: 3_600_000 })
    peer.socket.end()
    await until(() => upstream.readableEnded)
    await pause(50)
    expect(peer.socket.readableEnded).toBe(false)
    await change(method, 'slow_close_downstream', body)
    expect(await peer.over).toBe('end')
  })

  test('adds up with another', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('slow_close', { delay: 100 }, { name: 'one' })
    await addToxic('slow_close', { delay: 100 }, { name: 'two' })
    peer.socket.end()
    expect(await timed(() => peer.over)).toBeGreaterThanOrEqual(200)
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
  test('closes after so many bytes, of each connection and since it is there', async () => {
    const { listen, peer, addToxic } = await startEdge()
    await addToxic('limit_data', { bytes: 10 })
    const other = await dial(listen)
    expect(await peer.ask('1234567')).toBe('1234567')
    expect(await other.ask('123456789')).toBe('123456789')
    peer.socket.write('89abc')
    expect(await peer.next(5)).toBe('89a')
    expect(await peer.over).toBe('end')
    expect(await other.ask('0')).toBe('0')
    expect(await other.over).toBe('end')
  })

  test('upstream: a request breaks off', async () => {
    const { peer, addToxic, upstream } = await startEdge()
    await addToxic('limit_data', { bytes: 4 }, { stream: 'upstream' })
    const read = upstream.bytesRead
    peer.socket.write('request')
    expect(await peer.over).toBe('end')
    expect(upstream.bytesRead - read).toBe(4)
  })

  test.each([0, -1])('of %i closes at the first data, and not before', async (bytes) => {
    const { peer, addToxic } = await startEdge()
    await addToxic('limit_data', { bytes })
    await pause(50)
    expect(peer.socket.readableEnded).toBe(false)
    peer.socket.write('xyz')
    expect(await peer.over).toBe('end')
    expect(peer.received).toBe('')
  })

  test('keeps count when it is updated; what is beyond a lower limit closes with the next data', async () => {
    const { peer, addToxic, change } = await startEdge()
    await addToxic('limit_data', { bytes: 10 })
    expect(await peer.ask('1234')).toBe('1234')
    await change('PATCH', 'limit_data_downstream', { attributes: { bytes: 6 } })
    expect(await peer.ask('5')).toBe('5')
    await change('PATCH', 'limit_data_downstream', { attributes: { bytes: 3 } })
    await pause(50)
    expect(peer.socket.readableEnded).toBe(false)
    peer.socket.write('6789')
    expect(await peer.over).toBe('end')
    expect(peer.received).toBe('')
  })

  test('a huge limit is none', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('limit_data', { bytes: Number.MAX_SAFE_INTEGER })
    const text = 'x'.repeat(200_000)
    expect(await peer.ask(text)).toBe(text)
  })

  test('lets the end through', async () => {
    const { peer, addToxic } = await startEdge()
    await addToxic('limit_data', { bytes: 100 })
    peer.socket.end('bye')
    expect(await peer.next(3)).toBe('bye')
    expect(await peer.over).toBe('end')
  })
})

test('noop passes everything', async () => {
  const { peer, addToxic } = await startEdge()
  await addToxic('noop')
  await addToxic('noop', {}, { stream: 'upstream' })
  expect(await peer.ask('x'.repeat(200_000))).toBe('x'.repeat(200_000))
  peer.socket.end('bye')
  expect(await peer.next(3)).toBe('bye')
  expect(await peer.over).toBe('end')
})

test('toxics outlive disabling, and are at work on the connections after it', async () => {
  const { ok, listen, addToxic } = await startEdge()
  await addToxic('latency', { latency: 100 })
  await ok('PATCH', '/proxies/edge', { enabled: false })
  await ok('PATCH', '/proxies/edge', { enabled: true })
  const peer = await dial(listen)
  expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(100)
})

test('POST /reset gives back what toxics hold', async () => {
  const { api, peer, addToxic } = await startEdge()
  await addToxic('latency', { latency: 3_600_000 })
  peer.socket.write('waiting')
  await pause(50)
  expect((await api('POST', '/reset')).status).toBe(204)
  expect(await peer.next(7)).toBe('waiting')
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
