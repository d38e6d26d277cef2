const lines = 12
const characters = 300
/** How a Go program says why it crashes. */
const crash = /^(panic|fatal error|SIG[A-Z]+): /

/** What a tool said last, for an error: it is where the reason of its end stands. */
export class LastWords {
  #lines: string[] = []
  #hasCrashed = false

  push(line: string): void {
    if (line.trim() === '' || this.#hasCrashed) return
    // What follows are the stacks of all its goroutines.
    this.#hasCrashed = crash.test(line)
    this.#lines.push(line.length > characters ? `${line.slice(0, characters)}…` : line)
    if (this.#lines.length > lines) this.#lines.shift()
  }

  /** The last of them as one text; `it said nothing` when there are none. */
  get text(): string {
    return this.#lines.map((line) => line.trim()).join(' | ') || 'it said nothing'
  }
}
