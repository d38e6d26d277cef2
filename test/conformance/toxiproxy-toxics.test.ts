import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { dial, pause, startEdge, startServer, timed, until } from '../toxiproxy/harness.ts'
import { bothToxiproxies } from './toxiproxies.ts'

describe.each(bothToxiproxies())('%s', (_name, start) => {
  describe('latency', () => {
    test('delays data of its direction, also on connections that were there before', async () => {
      const { peer, addToxic } = await startEdge(start)
      await addToxic('latency', { latency: 150 })
      expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(150)
      await addToxic('latency', { latency: 100 }, { stream: 'upstream' })
      expect(await timed(() => peer.ask('later'))).toBeGreaterThanOrEqual(250)
    })

    test('adds up with the latency of another toxic in its chain', async () => {
      const { peer, addToxic } = await startEdge(start)
      await addToxic('latency', { latency: 80 }, { name: 'one' })
      await addToxic('latency', { latency: 80 }, { name: 'two' })
      expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(160)
    })

    test('keeps the order and does not divide the throughput', async () => {
      const { peer, addToxic } = await startEdge(start)
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
      const { listen, addToxic } = await startEdge(start)
      await addToxic('latency', { latency: 60_000 })
      expect(await timed(() => dial(listen))).toBeLessThan(10_000)
    })

    test('gives back what it holds when it is removed', async () => {
      const { peer, addToxic, change } = await startEdge(start)
      await addToxic('latency', { latency: 3_600_000 })
      peer.socket.write('one,')
      await pause(50)
      peer.socket.write('two')
      await pause(50)
      await change('DELETE', 'latency_downstream')
      expect(await peer.next(7)).toBe('one,two')
    })

    test('measures what it holds anew when it is updated', async () => {
      const { peer, addToxic, change } = await startEdge(start)
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
      const { proxy, addToxic } = await start()
      const listen = await proxy(port)
      await addToxic('latency', { latency: 300 })
      const peer = await dial(listen)
      expect(await peer.next(10)).toBe('last words')
      expect(await peer.over).toBe('end')
    })

    test('below 0 is no delay', async () => {
      const { peer, addToxic } = await startEdge(start)
      await addToxic('latency', { latency: -5_000, jitter: -5_000 })
      expect(await peer.ask('at once')).toBe('at once')
    })
  })

  describe('timeout', () => {
    test('drops data of its direction, and closes when that long nothing was dropped', async () => {
      const { peer, addToxic } = await startEdge(start)
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
      const { peer, addToxic } = await startEdge(start)
      await addToxic('timeout', { timeout: 50 }, { stream: 'upstream' })
      expect(await peer.over).toBe('end')
    })

    test.each([0, -1])('of %i never closes; removing it does', async (timeout) => {
      const { peer, addToxic, change, upstream } = await startEdge(start)
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
      const { peer, addToxic, upstream } = await startEdge(start)
      await addToxic('timeout', {}, { stream: 'upstream' })
      const read = upstream.bytesRead
      peer.socket.write('lost')
      await pause(100)
      expect(upstream.bytesRead).toBe(read)
    })

    test('closes when what another toxic holds is delivered', async () => {
      const { peer, addToxic, change } = await startEdge(start)
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

  describe('reset_peer', () => {
    test('resets new connections, at the first data of its direction', async () => {
      const { listen, peer, addToxic } = await startEdge(start)
      await addToxic('reset_peer', {}, { stream: 'upstream' })
      const later = await dial(listen)
      await pause(50)
      expect(later.socket.destroyed).toBe(false)
      later.socket.write('x')
      expect(await later.over).toBe('ECONNRESET')
      expect(peer.socket.destroyed).toBe(false)
    })
  })

  describe('slow_close', () => {
    test('delays also the end of a sender that is gone', async () => {
      const { port } = await startServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
      const { proxy, addToxic } = await start()
      const listen = await proxy(port)
      await addToxic('slow_close', { delay: 200 })
      const peer = await dial(listen)
      const took = await timed(async () => {
        peer.socket.write('x')
        expect(await peer.over).toBe('end')
      })
      expect(took).toBeGreaterThanOrEqual(200)
    })

    test.each([
      ['removed', 'DELETE', undefined],
      ['given a shorter delay', 'PATCH', { attributes: { delay: 1 } }],
    ])('ends at once when it is %s', async (_how, method, body) => {
      const { peer, addToxic, change, upstream } = await startEdge(start)
      await addToxic('slow_close', { delay: 3_600_000 })
      peer.socket.end()
      await until(() => upstream.readableEnded)
      await pause(50)
      expect(peer.socket.readableEnded).toBe(false)
      await change(method, 'slow_close_downstream', body)
      expect(await peer.over).toBe('end')
    })
  })

  describe('limit_data', () => {
    test('closes after so many bytes, of each connection and since it is there', async () => {
      const { listen, peer, addToxic } = await startEdge(start)
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
      const { peer, addToxic, upstream } = await startEdge(start)
      await addToxic('limit_data', { bytes: 4 }, { stream: 'upstream' })
      const read = upstream.bytesRead
      peer.socket.write('request')
      expect(await peer.over).toBe('end')
      expect(upstream.bytesRead - read).toBe(4)
    })

    test.each([0, -1])('of %i closes at the first data, and not before', async (bytes) => {
      const { peer, addToxic } = await startEdge(start)
      await addToxic('limit_data', { bytes })
      await pause(50)
      expect(peer.socket.readableEnded).toBe(false)
      peer.socket.write('xyz')
      expect(await peer.over).toBe('end')
      expect(peer.received).toBe('')
    })

    test('keeps count when it is updated; what is beyond a lower limit closes with the next data', async () => {
      const { peer, addToxic, change } = await startEdge(start)
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
      const { peer, addToxic } = await startEdge(start)
      await addToxic('limit_data', { bytes: Number.MAX_SAFE_INTEGER })
      const text = 'x'.repeat(200_000)
      expect(await peer.ask(text)).toBe(text)
    })
  })

  test('noop passes everything', async () => {
    const { peer, addToxic } = await startEdge(start)
    await addToxic('noop')
    await addToxic('noop', {}, { stream: 'upstream' })
    expect(await peer.ask('x'.repeat(200_000))).toBe('x'.repeat(200_000))
  })

  test('toxics outlive disabling, and are at work on the connections after it', async () => {
    const { ok, listen, addToxic } = await startEdge(start)
    await addToxic('latency', { latency: 100 })
    await ok('PATCH', '/proxies/edge', { enabled: false })
    await ok('PATCH', '/proxies/edge', { enabled: true })
    const peer = await dial(listen)
    expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(100)
  })

  test('POST /reset gives back what toxics hold', async () => {
    const { api, peer, addToxic } = await startEdge(start)
    await addToxic('latency', { latency: 3_600_000 })
    peer.socket.write('waiting')
    await pause(50)
    expect((await api('POST', '/reset')).status).toBe(204)
    expect(await peer.next(7)).toBe('waiting')
  })
})
