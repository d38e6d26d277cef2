import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Intake, adoptSocket } from '../../src/toxiproxy/intake.ts'
import { dial } from './harness.ts'

/** An accepted socket, read by an intake, and the other end of it. */
async function accept(...without: [handle?: null]) {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const [[accepted], peer] = await Promise.all([
    once(server, 'connection') as Promise<[Socket]>,
    dial((server.address() as AddressInfo).port),
  ])
  const intake = new Intake()
  const socket = adoptSocket(accepted, intake.onread, ...(without as []))
  onTestFinished(() => void socket.destroy())
  return { accepted, socket, intake, peer, server }
}

test.each([
  ['its own buffer', []],
  ['the chunks of the stream where there is no handle to take', [null]],
] as [string, [null?]][])('reads an accepted socket through %s', async (_how, without) => {
  const { socket, intake, peer } = await accept(...without)
  let heard = ''
  intake.take = (bytes) => {
    heard += bytes.toString('latin1')
    return true
  }
  socket.resume()
  const text = 'hello '.repeat(50_000)
  peer.socket.end(text)
  await once(socket, 'end')
  expect(heard).toBe(text)
  socket.end('bye')
  expect(await peer.next(3)).toBe('bye')
})

test('the server no longer counts a socket that was adopted', async () => {
  const { accepted, socket, server } = await accept()
  expect(socket).not.toBe(accepted)
  server.close()
  await once(server, 'close')
  expect(socket.destroyed).toBe(false)
})

test('reads into one buffer while it may, which grows with what comes', async () => {
  const { socket, intake, peer } = await accept()
  const buffers = new Set<ArrayBufferLike>()
  const sizes: number[] = []
  let reusable = true
  let received = 0
  intake.take = (bytes) => {
    buffers.add(bytes.buffer)
    sizes.push(bytes.buffer.byteLength)
    received += bytes.length
    return reusable
  }
  const send = async (bytes: number) => {
    const wanted = received + bytes
    peer.socket.write(Buffer.alloc(bytes))
    await expect.poll(() => received, { timeout: 10_000, interval: 1 }).toBe(wanted)
  }
  socket.resume()
  for (let index = 0; index < 20; index++) await send(100)
  expect(buffers.size).toBe(1)
  expect(sizes.at(-1)).toBe(16 * 1024)

  reusable = false
  buffers.clear()
  for (let index = 0; index < 20; index++) await send(100)
  expect(buffers.size).toBe(20)

  reusable = true
  await send(16 * 1024 * 1024)
  expect(Math.max(...sizes)).toBe(1024 * 1024)
  for (let index = 0; index < 300; index++) await send(10)
  expect(sizes.at(-1)).toBe(16 * 1024)

  intake.limitChunks(true)
  sizes.length = 0
  await send(4 * 1024 * 1024)
  expect(Math.max(...sizes)).toBe(32 * 1024)
})

test('tells when much was read in a row', async () => {
  const { socket, intake, peer } = await accept()
  let bulks = 0
  let received = 0
  intake.take = (bytes) => {
    received += bytes.length
    return true
  }
  intake.onBulk = () => bulks++
  peer.socket.write(Buffer.alloc(16 * 1024 * 1024))
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.resume()
  await expect.poll(() => received, { timeout: 10_000 }).toBe(16 * 1024 * 1024)
  expect(bulks).toBeGreaterThan(0)
})
