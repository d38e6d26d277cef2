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
} from './harness.ts'

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
