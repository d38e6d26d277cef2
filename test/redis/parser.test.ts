import { expect, test } from 'vitest'
import { RequestParser } from '../../src/redis/parser.ts'

const requests =
  '*2\r\n$3\r\nGET\r\n$4\r\n\r\n$1\r\n*0\r\nPING "a\\x00b"  c\r\n\r\n*3\r\n$0\r\n\r\n$1\r\n*\r\n$2\r\n\xff\xfe\r\n'
const parsed = [
  ['GET', '\r\n$1'],
  ['PING', 'a\0b', 'c'],
  ['', '*', '\xff\xfe'],
]

function read(chunks: Iterable<Buffer>): string[][] {
  const parser = new RequestParser()
  const found: string[][] = []
  for (const chunk of chunks) {
    parser.push(chunk)
    for (let next = parser.next(); next; next = parser.next()) found.push(next.map((arg) => arg.toString('latin1')))
  }
  return found
}

test('requests are read wherever their bytes are cut', () => {
  const bytes = Buffer.from(requests, 'latin1')
  for (let first = 0; first <= bytes.length; first++) {
    for (let second = first; second <= bytes.length; second++) {
      const chunks = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]
      expect(read(chunks), `cut at ${first} and ${second}`).toEqual(parsed)
    }
  }
})

test('requests are read byte by byte', () => {
  expect(read([...Buffer.from(requests, 'latin1')].map((byte) => Buffer.from([byte])))).toEqual(parsed)
})

test('nothing comes before a request is whole', () => {
  const bytes = Buffer.from('*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n')
  const parser = new RequestParser()
  for (const byte of bytes.subarray(0, -1)) {
    parser.push(Buffer.from([byte]))
    expect(parser.next()).toBeNull()
  }
  parser.push(bytes.subarray(-1))
  expect(parser.next()?.map(String)).toEqual(['ECHO', 'hi'])
  expect(parser.next()).toBeNull()
})

test('a big value that comes in many chunks is put together once', () => {
  const chunk = Buffer.alloc(1024, 'x')
  const count = 64 * 1024
  const parser = new RequestParser()
  parser.push(Buffer.from(`*2\r\n$4\r\nECHO\r\n$${count * chunk.length}\r\n`))
  const started = performance.now()
  for (let sent = 0; sent < count; sent++) {
    expect(parser.next()).toBeNull()
    parser.push(chunk)
  }
  parser.push(Buffer.from('\r\n'))
  expect(parser.next()?.[1]?.length).toBe(count * chunk.length)
  // With a copy for every chunk it would take minutes.
  expect(performance.now() - started).toBeLessThan(15_000)
})
