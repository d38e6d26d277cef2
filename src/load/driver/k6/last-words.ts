const lines = 12
const characters = 300

/** What a tool said last, for an error: it is where the reason of its end stands. */
export class LastWords {
  #lines: string[] = []

  push(line: string): void {
    if (line.trim() === '') return
    this.#lines.push(line.length > characters ? `${line.slice(0, characters)}…` : line)
    if (this.#lines.length > lines) this.#lines.shift()
  }

  /** The last of them as one text; `it said nothing` when there are none. */
  get text(): string {
    return this.#lines.map((line) => line.trim()).join(' | ') || 'it said nothing'
  }
}
