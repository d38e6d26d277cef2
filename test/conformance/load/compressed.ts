import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { bodyLimitBytes } from '../../../src/load/answers/ending.ts'
import { broken, good, row } from './row.ts'

/** A server that compresses though it was asked not to. */
function compressed(name: string, encoding: string, body: Buffer, given: Parameters<typeof row>[2] = {}) {
  return row(
    name,
    (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.byteLength}\r\n\r\n`)
      socket.write(body)
    },
    given,
  )
}

const bare = (status: string) => `HTTP/1.1 ${status}\r\ncontent-encoding: gzip\r\n\r\n`
const unpacked = { expected: { shown: { body: good } } }
const flawed = { expected: broken('protocol') }

/** Bodies that were compressed all the same, and some that only say so. */
export const compressions = [
  compressed('packed by gzip', 'gzip', gzipSync(good), unpacked),
  compressed('packed by deflate', 'deflate', deflateSync(good), unpacked),
  compressed('packed by br', 'br', brotliCompressSync(good), unpacked),
  compressed('packed by zstd', 'zstd', zstdCompressSync(good), unpacked),
  compressed('packed twice', 'gzip, br', brotliCompressSync(gzipSync(good)), unpacked),
  compressed('packed by who knows what', 'snappy', Buffer.from(good), unpacked),
  compressed('identity, said in so many words', 'identity', Buffer.from(good), unpacked),
  compressed('nothing, packed by gzip', 'gzip', gzipSync(''), {
    interaction: { response: {} },
    expected: { shown: { body: '' } },
  }),
  compressed('an empty body that says it is packed', 'gzip', Buffer.alloc(0), {
    interaction: { response: {} },
    expected: { shown: { body: '' } },
    differs: { k6: { ...broken('protocol'), reason: 'k6 looks for the end of what never began' } },
  }),
  row('no body, and the encoding it would have', (socket) => socket.write(bare('204 No Content')), {
    interaction: { response: { status: 204 } },
    expected: { status: 204, shown: { body: '' } },
  }),
  row('the encoding, to a HEAD', (socket) => socket.write(bare('200 OK\r\ncontent-length: 100')), {
    interaction: { request: { method: 'HEAD', path: '/' }, response: {} },
    expected: { shown: { body: '' } },
  }),
  compressed('a body that says it is packed and is not', 'gzip', Buffer.from(good), flawed),
  compressed('a packed body whose end is missing', 'gzip', gzipSync(good.repeat(100)).subarray(0, 20), {
    ...flawed,
    differs: { k6: { error: 'closed', reason: 'to Go it is the same as a connection that ended' } },
  }),
  compressed('1 KiB that unpacks to more than 1 MiB', 'gzip', gzipSync(Buffer.alloc(bodyLimitBytes + 1, ' ')), {
    expected: broken('too large'),
    arrivals: 2,
  }),
]
