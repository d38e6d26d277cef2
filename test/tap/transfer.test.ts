import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { counted, dial, openTap, patience, provide } from './sockets.ts'

const mebibyte = 1024 * 1024

/** `count` MiB that differ from one another and from those of another `salt`. */
function* mebibytes(count: number, salt: number): Generator<Buffer> {
  for (let index = 0; index < count; index++) {
    const block = Buffer.alloc(mebibyte)
    for (let at = 0; at < mebibyte; at += 4) block.writeUInt32LE((at + index * 7_919 + salt) >>> 0, at)
    yield block
  }
}

function digest(blocks: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const block of blocks) hash.update(block)
  return hash.digest('hex')
}

async function digestOf(socket: Socket): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) hash.update(chunk)
  return hash.digest('hex')
}

test('64 MiB arrive intact both ways at once', async () => {
  const count = 64
  const received: Promise<string>[] = []
  await using server = await provide((socket) => {
    received.push(digestOf(socket))
    void pipeline(Readable.from(mebibytes(count, 2)), socket, { end: true })
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  const [down] = await Promise.all([digestOf(consumer), pipeline(Readable.from(mebibytes(count, 1)), consumer)])

  expect(down).toBe(digest(mebibytes(count, 2)))
  expect(await Promise.all(received)).toEqual([digest(mebibytes(count, 1))])
  const { connections, bytesUp, bytesDown } = tap.counts()
  expect({ connections, bytesUp, bytesDown }).toEqual({
    connections: 1,
    bytesUp: count * mebibyte,
    bytesDown: count * mebibyte,
  })
})

test('a consumer that does not read holds its provider back, and gets everything later', async () => {
  const count = 128
  await using server = await provide((socket) => {
    socket.once('data', () => void pipeline(Readable.from(mebibytes(count, 3)), socket))
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  consumer.write('go')

  let before = -1
  await expect
    .poll(
      () => {
        const { bytesDown } = tap.counts()
        const isStill = bytesDown > 0 && bytesDown === before
        before = bytesDown
        return isStill
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBe(true)
  expect(before).toBeLessThan((count / 2) * mebibyte)

  expect(await digestOf(consumer)).toBe(digest(mebibytes(count, 3)))
  consumer.end()
  await expect.poll(tap.counts, patience).toEqual(
    counted({
      connections: 1,
      endedByProvider: 1,
      turns: 1,
      bytesUp: 2,
      bytesDown: count * mebibyte,
    }),
  )
})
