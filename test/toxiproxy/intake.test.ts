import { expect, test } from 'vitest'
import { accept } from './accept.ts'

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
  await new Promise((resolve) => setTimeout(resolve, 500))
  socket.resume()
  await expect.poll(() => received, { timeout: 10_000 }).toBe(16 * 1024 * 1024)
  expect(bulks).toBeGreaterThan(0)
})
