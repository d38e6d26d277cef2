import { type FileHandle, open } from 'node:fs/promises'
import type { BrownoutError } from '../../core/errors.ts'
import { unwritable } from '../../core/unwritable.ts'

const everyMs = 100
const firstBytes = 64 * 1024
const backlogLimitBytes = 64 * 1024 * 1024

/**
 * Appends to a file in batches, one write at a time, and never makes its caller wait. When the file cannot be written,
 * or not as fast as it is filled, `failed` resolves with the reason and nothing more is written.
 */
export class BatchedFile {
  readonly #file: FileHandle
  readonly #path: string
  readonly #failure = Promise.withResolvers<BrownoutError>()
  readonly #timer: NodeJS.Timeout
  #waiting = Buffer.allocUnsafeSlow(firstBytes)
  #waitingBytes = 0
  #writing: Promise<void> | null = null
  #error: BrownoutError | null = null

  private constructor(file: FileHandle, path: string) {
    this.#file = file
    this.#path = path
    this.#timer = setInterval(() => void this.#flush(), everyMs)
  }

  /** A last record of `recordBytes` that an earlier writer left unfinished is cut off. */
  static async open(path: string, recordBytes = 1): Promise<BatchedFile> {
    try {
      const file = await open(path, 'a')
      const { size } = await file.stat()
      if (size % recordBytes !== 0) await file.truncate(size - (size % recordBytes))
      return new BatchedFile(file, path)
    } catch (error) {
      throw unwritable(path, error)
    }
  }

  get failed(): Promise<BrownoutError> {
    return this.#failure.promise
  }

  /** Copies `bytes`; they are on disk about 100 ms later. */
  append(bytes: Uint8Array): void {
    if (this.#error) return
    const length = this.#waitingBytes + bytes.byteLength
    if (length > backlogLimitBytes)
      return this.#fail(new Error(`the disk is too slow, ${this.#waitingBytes} bytes are waiting`))
    if (length > this.#waiting.byteLength) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#waiting.byteLength * 2))
      this.#waiting.copy(larger, 0, 0, this.#waitingBytes)
      this.#waiting = larger
    }
    this.#waiting.set(bytes, this.#waitingBytes)
    this.#waitingBytes = length
  }

  /** Rejects when not everything is on disk. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#flush()
    // What came while the first write was under way.
    await this.#flush()
    await this.#file.close().catch((error: unknown) => this.#fail(error))
    if (this.#error) throw this.#error
  }

  #flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => (this.#writing = null))
    return this.#writing
  }

  async #write(): Promise<void> {
    if (this.#waitingBytes === 0) return
    const batch = this.#waiting.subarray(0, this.#waitingBytes)
    this.#waiting = Buffer.allocUnsafeSlow(firstBytes)
    this.#waitingBytes = 0
    try {
      await this.#file.appendFile(batch)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(cause: unknown): void {
    if (this.#error) return
    this.#error = unwritable(this.#path, cause)
    this.#waitingBytes = 0
    this.#failure.resolve(this.#error)
  }
}
