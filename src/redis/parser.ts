import { splitInline } from './inline.ts'
import { ReplyError } from './reply.ts'

const lineLimit = 64 * 1024
const bulkLimit = 512 * 1024 * 1024
const countLimit = 2 ** 31 - 1

/**
 * Reads requests out of bytes as they come: RESP arrays of bulk strings, or lines typed by hand. A request that is not
 * whole yet waits for more. Bytes are kept as they are.
 */
export class RequestParser {
  #chunks: Buffer[] = []
  #length = 0
  /** No use in looking before so many bytes are there: a big value is put together once, not with every chunk. */
  #wanted = 1
  /** Arguments read so far of the array that is being read, and how many it has. */
  #args: Buffer[] = []
  #count = 0

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
  }

  /** The next whole request, or `null`. Throws `ReplyError` when the bytes are no request; nothing can be read after it. */
  next(): Buffer[] | null {
    while (this.#length >= this.#wanted) {
      const isReady = this.#count > 0 ? this.#readArgument() : this.#readStart()
      if (!isReady) return null
      if (this.#args.length === this.#count && this.#count > 0) {
        const request = this.#args
        this.#args = []
        this.#count = 0
        return request
      }
    }
    return null
  }

  #readStart(): boolean {
    const isArray = this.#bytes()[0] === 0x2a
    const line = this.#takeLine(isArray ? 'too big mbulk count string' : 'too big inline request')
    if (line === null) return false
    if (isArray) {
      this.#count = Math.max(0, lengthOf(line, -countLimit, countLimit, 'invalid multibulk length'))
    } else {
      this.#args = splitInline(line)
      this.#count = this.#args.length
    }
    return true
  }

  #readArgument(): boolean {
    const bytes = this.#bytes()
    const end = bytes.indexOf('\r\n')
    if (end === -1) return this.#waitForLine('too big bulk count string')
    if (bytes[0] !== 0x24) throw protocolError(`expected '$', got '${String.fromCharCode(bytes[0] ?? 0)}'`)
    const length = lengthOf(bytes.toString('latin1', 0, end), 0, bulkLimit, 'invalid bulk length')
    const start = end + 2
    if (bytes.length < start + length + 2) {
      this.#wanted = start + length + 2
      return false
    }
    // A copy: what is stored would otherwise keep all that came with it.
    this.#args.push(Buffer.from(bytes.subarray(start, start + length)))
    this.#drop(start + length + 2)
    return true
  }

  /** The next line without its end; Redis accepts a bare line feed too. */
  #takeLine(tooLong: string): string | null {
    const bytes = this.#bytes()
    const end = bytes.indexOf('\n')
    if (end === -1) {
      this.#waitForLine(tooLong)
      return null
    }
    this.#drop(end + 1)
    return bytes.toString('latin1', 0, bytes[end - 1] === 0x0d ? end - 1 : end)
  }

  #waitForLine(tooLong: string): false {
    if (this.#length > lineLimit) throw protocolError(tooLong)
    this.#wanted = this.#length + 1
    return false
  }

  #bytes(): Buffer {
    const [only] = this.#chunks
    if (only && this.#chunks.length === 1) return only
    const whole = Buffer.concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }

  #drop(count: number): void {
    const rest = this.#bytes().subarray(count)
    this.#chunks = [rest]
    this.#length = rest.length
    this.#wanted = 1
  }
}

function lengthOf(line: string, least: number, most: number, otherwise: string): number {
  const digits = /^[*$](0|-?[1-9]\d*)$/.exec(line)?.[1]
  const length = Number(digits ?? Number.NaN)
  if (!(length >= least && length <= most)) throw protocolError(otherwise)
  return length
}

function protocolError(what: string): ReplyError {
  return new ReplyError(`ERR Protocol error: ${what}`)
}
