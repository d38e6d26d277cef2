import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import { startBlackHole } from './black-hole.ts'
import {
  type Peer,
  dial,
  dialRaw,
  mebibyte,
  pause,
  startEcho,
  startServer,
  startTestProxy,
  tryDial,
  until,
  writeUntilStuck,
} from './harness.ts'

test('bytes go both ways', async () => {
  const { port } = await startEcho()
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  for (const text of ['a', 'hello', 'x'.repeat(100_000)]) expect(await peer.ask(text)).toBe(text)
})

test('an upstream is found by its name', async () => {
  const { port } = await startEcho()
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(`localhost:${port}`))
  expect(await peer.ask('hello')).toBe('hello')
})

test.each(['127.0.0.1:1', 'nothing', 'no-such-host.invalid:80'])(
  'a client of the dead upstream %s is let in, then closed',
  async (upstream) => {
    const { proxy } = await startTestProxy()
    const peer = await dial(await proxy(upstream))
    expect(await peer.over).toBe('end')
  },
)

test('a client that ended its half still hears the reply', async () => {
  const { port } = await startServer((socket) => {
    let heard = ''
    socket.on('data', (bytes) => (heard += bytes))
    socket.on('end', () => setTimeout(() => socket.end(`after FIN: ${heard}`), 20))
  })
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  peer.socket.end('question')
  expect(await peer.next(19)).toBe('after FIN: question')
  expect(await peer.over).toBe('end')
})

test('a server that ended its half still hears the client', async () => {
  const heard = Promise.withResolvers<string>()
  const { port } = await startServer((socket) => {
    socket.end('bye')
    let text = ''
    socket.on('data', (bytes) => (text += bytes))
    socket.on('end', () => heard.resolve(text))
  })
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  expect(await peer.over).toBe('end')
  expect(peer.received).toBe('bye')
  peer.socket.end('still here')
  expect(await heard.promise).toBe('still here')
})

test('a client that resets its connection takes the upstream with it', async () => {
  const { port, sockets } = await startServer((socket) => socket.resume())
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  peer.socket.write('x')
  await until(() => sockets.length === 1 && (sockets[0] as Socket).bytesRead === 1)
  const closed = once(sockets[0] as Socket, 'end')
  peer.socket.resetAndDestroy()
  expect(await closed).toEqual([])
})

test('a client that ended its half and then resets the rest takes the upstream with it', async () => {
  const { port, sockets } = await startServer((socket) => socket.resume())
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  peer.socket.end('x')
  await until(() => sockets[0]?.readableEnded === true)
  const closed = new Promise((resolve) => sockets[0]?.once('close', resolve))
  peer.socket.resetAndDestroy()
  const chatter = setInterval(() => sockets[0]?.write('more'), 10)
  onTestFinished(() => clearInterval(chatter))
  expect(await closed).toBe(true)
})

test('an upstream that dies takes its client with it, once what it sent is delivered', async () => {
  const { port, sockets } = await startServer((socket) => socket.write('last words'))
  const { proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  expect(await peer.next(10)).toBe('last words')
  ;(sockets[0] as Socket).resetAndDestroy()
  expect(await peer.over).toMatch(/end|ECONNRESET/)
})

/** Sends `total` random bytes in writes of many sizes; gives the hash of them. */
async function pour(socket: Socket, total: number): Promise<string> {
  const hash = createHash('sha256')
  const sizes = seededRandom(1, 'sizes')
  let left = total
  while (left > 0) {
    const bytes = randomBytes(Math.min(left, 1 + sizes.below(300_000)))
    hash.update(bytes)
    left -= bytes.length
    if (!socket.write(bytes)) await once(socket, 'drain')
  }
  return hash.digest('hex')
}

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

test('64 MiB come back intact while latency comes, changes and goes', { timeout: 120_000 }, async () => {
  const { port } = await startEcho()
  const { ok, proxy, addToxic } = await startTestProxy()
  const socket = await dialRaw(await proxy(port))
  const total = 64 * mebibyte
  const state = { pouring: true }
  const toggling = (async () => {
    let toggles = 0
    while (state.pouring) {
      for (const stream of ['upstream', 'downstream']) await addToxic('latency', { latency: 3 }, { stream })
      await pause(20)
      await ok('PATCH', '/proxies/edge/toxics/latency_upstream', { attributes: { latency: 1, jitter: 1 } })
      await pause(20)
      for (const stream of ['upstream', 'downstream']) await ok('DELETE', `/proxies/edge/toxics/latency_${stream}`)
      await pause(10)
      toggles++
    }
    return toggles
  })()
  const drunk = drink(socket)
  const hash = await pour(socket, total)
  socket.end()
  expect(await drunk).toEqual({ bytes: total, hash })
  state.pouring = false
  expect(await toggling).toBeGreaterThan(0)
})

test('200 connections at once keep their bytes apart', async () => {
  const { port } = await startEcho()
  const { proxy } = await startTestProxy()
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
  const { proxy } = await startTestProxy()
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
  const { proxy } = await startTestProxy()
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
  const { ok, proxy, addToxic } = await startTestProxy()
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
  const { ok, proxy } = await startTestProxy()
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
  const { ok, proxy } = await startTestProxy()
  const listen = await proxy(first.port)
  const before = await dial(listen)
  expect(await before.next(5)).toBe('first')
  await ok('PATCH', '/proxies/edge', { upstream: `127.0.0.1:${second.port}` })
  expect(await before.over).toBe('end')
  expect(await (await dial(listen)).next(6)).toBe('second')
})

test('deleting a proxy, or closing Toxiproxy, cuts its connections', async () => {
  const { port } = await startEcho()
  const { ok, proxy } = await startTestProxy()
  const peer = await dial(await proxy(port))
  expect(await peer.ask('hello')).toBe('hello')
  await ok('DELETE', '/proxies/edge')
  expect(await peer.over).toBe('end')
})

test('an upstream that never answers the dial blocks nobody', async () => {
  const hole = await startBlackHole()
  const { ok, proxy, addToxic } = await startTestProxy({ dialMs: 60_000 })
  const listen = await proxy(hole)
  const peers = [await dial(listen), await dial(listen), await dial(listen)]
  await addToxic('timeout')
  await ok('DELETE', '/proxies/edge/toxics/timeout_downstream')
  await ok('PATCH', '/proxies/edge', { enabled: false })
  expect(await tryDial(listen)).toBe('ECONNREFUSED')
  expect(await Promise.all(peers.map((peer) => peer.over))).toEqual(['end', 'end', 'end'])
  await ok('POST', '/reset')
  const again = await dial(listen)
  await ok('DELETE', '/proxies/edge')
  expect(await again.over).toBe('end')
})

test('dialling is given up in time', async () => {
  const hole = await startBlackHole()
  const { proxy } = await startTestProxy({ dialMs: 100 })
  const peer = await dial(await proxy(hole))
  expect(await peer.over).toBe('end')
})

test('a toxic added while the upstream is being dialled is at work on the connection', async () => {
  const { port } = await startEcho()
  const { proxy, addToxic } = await startTestProxy()
  const listen = await proxy(port)
  const dialling = Array.from({ length: 10 }, () => dial(listen))
  await addToxic('reset_peer')
  const peers: Peer[] = await Promise.all(dialling)
  for (const peer of peers) peer.socket.write('x')
  expect(await Promise.all(peers.map((peer) => peer.over))).toEqual(peers.map(() => 'ECONNRESET'))
})
