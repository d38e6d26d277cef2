import type { OnReadOpts } from 'node:net'

const smallest = 16 * 1024
const largest = 1024 * 1024
const smallReadsToShrink = 256

/** A buffer bigger than this holds more empty space than bytes when they wait in a toxic's queue. */
const largestForToxics = 32 * 1024

/**
 * Reads a socket into one kept buffer, which grows under bulk transfer and shrinks under chatter: no allocation per
 * read, and in bulk less than half the CPU that the stream's own chunks would cost.
 */
export class Intake {
  /** Gets what was read, and tells whether the next read may overwrite it. */
  take: (bytes: Buffer) => boolean = () => false
  /** So much was read in a row that others should have their turn. */
  onBulk: () => void = () => undefined
  #buffer = Buffer.allocUnsafeSlow(smallest)
  #limit = largest
  #smallReads = 0
  #inRow = 0

  /** For the options of the socket to read. */
  readonly onread: OnReadOpts = {
    buffer: () => this.#buffer,
    callback: (count, buffer) => {
      this.#read(buffer as Buffer, count)
      return true
    },
  }

  /** With toxics in the way, chunks are kept small. */
  limitChunks(limited: boolean): void {
    this.#limit = limited ? largestForToxics : largest
  }

  #read(buffer: Buffer, count: number): void {
    const reusable = this.take(buffer.subarray(0, count))
    const size = this.#sizeAfter(count, buffer.length)
    if (!reusable || size !== buffer.length) this.#buffer = Buffer.allocUnsafeSlow(size)
  }

  #sizeAfter(count: number, size: number): number {
    const full = count === size
    this.#smallReads = count <= smallest && !full ? this.#smallReads + 1 : 0
    this.#inRow = full ? this.#inRow + count : 0
    if (this.#inRow >= largest) {
      this.#inRow = 0
      this.onBulk()
    }
    const wanted = full ? size * 4 : this.#smallReads >= smallReadsToShrink ? smallest : size
    return Math.min(wanted, this.#limit)
  }
}
