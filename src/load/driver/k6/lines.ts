const newline = 10

/**
 * Cuts what comes in chunks into lines, each handed on as soon as it is complete; only the beginning of an unfinished line
 * is kept. A line longer than the limit is left out, and so is a last one without an end: it was cut off.
 */
export class Lines {
  readonly #onLine: (line: string) => void
  readonly #limitBytes: number
  #parts: Buffer[] = []
  #bytes = 0

  constructor(onLine: (line: string) => void, limitBytes = 16 * 1024 * 1024) {
    this.#onLine = onLine
    this.#limitBytes = limitBytes
  }

  push(chunk: Buffer): void {
    let from = 0
    for (;;) {
      const end = chunk.indexOf(newline, from)
      if (end === -1) break
      const rest = chunk.subarray(from, end)
      if (this.#bytes === 0) this.#onLine(rest.toString())
      else this.#complete(rest)
      from = end + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes <= this.#limitBytes) this.#parts.push(part)
    else this.#parts = []
  }

  #complete(rest: Buffer): void {
    this.#keep(rest)
    const isWhole = this.#bytes <= this.#limitBytes
    const parts = this.#parts
    this.#parts = []
    this.#bytes = 0
    if (isWhole) this.#onLine(Buffer.concat(parts).toString())
  }
}
