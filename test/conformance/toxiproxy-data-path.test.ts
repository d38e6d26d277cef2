import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import {
  dial,
  dialRaw,
  mebibyte,
  pause,
  startEcho,
  startServer,
  tryDial,
  until,
  writeUntilStuck,
} from '../toxiproxy/harness.ts'
import { bothToxiproxies } from './toxiproxies.ts'

describe.each(bothToxiproxies())('%s', (_name, start) => {
  test('bytes go both ways', async () => {
    const { port } = await startEcho()
    const { proxy } = await start()
    const peer = await dial(await proxy(port))
    for (const text of ['a', 'hello', 'x'.repeat(100_000)]) expect(await peer.ask(text)).toBe(text)
  })

  test('an upstream is found by its name', async () => {
    const { port } = await startEcho()
    const { proxy } = await start()
    const peer = await dial(await proxy(`localhost:${port}`))
    expect(await peer.ask('hello')).toBe('hello')
  })

  test.each(['127.0.0.1:1', 'nothing', 'no-such-host.invalid:80'])(
    'a client of the dead upstream %s is let in, then closed',
    async (upstream) => {
      const { proxy } = await start()
      const peer = await dial(await proxy(upstream))
      expect(await peer.over).toBe('end')
    },
  )

  test('a client that resets its connection takes the upstream with it', async () => {
    const { port, sockets } = await startServer((socket) => socket.resume())
    const { proxy } = await start()
    const peer = await dial(await proxy(port))
    peer.socket.write('x')
    await until(() => sockets.length === 1 && (sockets[0] as Socket).bytesRead === 1)
    const closed = once(sockets[0] as Socket, 'end')
    peer.socket.resetAndDestroy()
    expect(await closed).toEqual([])
  })

  test('an upstream that dies takes its client with it, once what it sent is delivered', async () => {
    const { port, sockets } = await startServer((socket) => socket.write('last words'))
    const { proxy } = await start()
    const peer = await dial(await proxy(port))
    expect(await peer.next(10)).toBe('last words')
    ;(sockets[0] as Socket).resetAndDestroy()
    expect(await peer.over).toMatch(/end|ECONNRESET/)
  })

  /** Hashes what comes until the end. */
  async function drink(socket: Socket): Promise<{ bytes: number; hash: string }> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of socket) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
    }
    return { bytes, hash: hash.digest('hex') }
  }

  test('200 connections at once keep their bytes apart', async () => {
    const { port } = await startEcho()
    const { proxy } = await start()
    const listen = await proxy(port)
    const peers = await Promise.all(Array.from({ length: 200 }, () => dial(listen)))
    await Promise.all(
      peers.map(async (peer, index) => {
        for (let round = 0; round < 10; round++) {
          const text = `${index}:${round};`.repeat(1 + index * 3)
          expect(await peer.ask(text)).toBe(text)
        }
      }),
    )
  })

  test('a client that does not read stops its upstream, and loses nothing', { timeout: 60_000 }, async () => {
    const total = 96 * mebibyte
    const { port, sockets } = await startServer(() => undefined)
    const { proxy } = await start()
    const socket = await dialRaw(await proxy(port))
    await until(() => sockets.length === 1)
    const [server] = sockets as [Socket]
    const { taken, all } = await writeUntilStuck(server, total)
    expect(taken).toBeLessThan(total / 2)
    void all.then(() => server.end('the end'))
    const { bytes } = await drink(socket)
    expect(bytes).toBe(total + 'the end'.length)
  })

  test('small writes to a client that reads slowly come intact', async () => {
    const sizes = seededRandom(1, 'sizes')
    const chunks = Array.from({ length: 2_000 }, (_, index) => Buffer.alloc(1 + sizes.below(40_000), index))
    const { port } = await startServer(async (socket) => {
      for (const chunk of chunks) {
        socket.write(chunk)
        await new Promise(setImmediate)
      }
      socket.end()
    })
    const { proxy } = await start()
    const socket = await dialRaw(await proxy(port))
    const hash = createHash('sha256')
    for (const chunk of chunks) hash.update(chunk)
    const sip = setInterval(() => socket.isPaused() && socket.read(64 * 1024), 1)
    onTestFinished(() => clearInterval(sip))
    await pause(500)
    const { hash: drunk } = await drink(socket)
    expect(drunk).toBe(hash.digest('hex'))
  })

  test('disabling cuts what is open and refuses what comes; enabling takes the same port again', async () => {
    const { port, sockets } = await startEcho()
    const { ok, proxy, addToxic } = await start()
    const listen = await proxy(port)
    await addToxic('noop')
    const peers = await Promise.all(Array.from({ length: 20 }, () => dial(listen)))
    expect(await Promise.all(peers.map((peer) => peer.ask('hello')))).toEqual(peers.map(() => 'hello'))
    const upstreamClosed = sockets.map((socket) => once(socket, 'close'))

    expect(await ok('PATCH', '/proxies/edge', { enabled: false })).toMatchObject({ enabled: false })
    expect(await tryDial(listen)).toBe('ECONNREFUSED')
    expect(await Promise.all(peers.map((peer) => peer.over))).toEqual(peers.map(() => 'end'))
    await Promise.all(upstreamClosed)

    expect(await ok('PATCH', '/proxies/edge', { enabled: true })).toMatchObject({
      enabled: true,
      listen: `127.0.0.1:${listen}`,
      toxics: [{ type: 'noop' }],
    })
    expect(await (await dial(listen)).ask('hello again')).toBe('hello again')
  })

  test('disabling lets no client in, however hard they try', async () => {
    const { port } = await startEcho()
    const { ok, proxy } = await start()
    const listen = await proxy(port)
    const state = { trying: true }
    const outcomes = new Set<string>()
    const storm = (async () => {
      while (state.trying) outcomes.add(await tryDial(listen))
    })()
    for (let round = 0; round < 10; round++) {
      await ok('PATCH', '/proxies/edge', { enabled: false })
      expect(await tryDial(listen)).toBe('ECONNREFUSED')
      await ok('PATCH', '/proxies/edge', { enabled: true })
      expect(await (await dial(listen)).ask('up')).toBe('up')
    }
    state.trying = false
    await storm
    // A client that the kernel let in just before the listener closed is reset.
    expect(['connected', 'ECONNREFUSED', 'ECONNRESET']).toEqual(expect.arrayContaining([...outcomes]))
  })

  test('a proxy can be moved to another upstream; live connections are cut', async () => {
    const greet = (name: string) => startServer((socket) => socket.write(name))
    const [first, second] = [await greet('first'), await greet('second')]
    const { ok, proxy } = await start()
    const listen = await proxy(first.port)
    const before = await dial(listen)
    expect(await before.next(5)).toBe('first')
    await ok('PATCH', '/proxies/edge', { upstream: `127.0.0.1:${second.port}` })
    expect(await before.over).toBe('end')
    expect(await (await dial(listen)).next(6)).toBe('second')
  })

  test('deleting a proxy, or closing Toxiproxy, cuts its connections', async () => {
    const { port } = await startEcho()
    const { ok, proxy } = await start()
    const peer = await dial(await proxy(port))
    expect(await peer.ask('hello')).toBe('hello')
    await ok('DELETE', '/proxies/edge')
    expect(await peer.over).toBe('end')
  })
})
