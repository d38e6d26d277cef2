const sliceMs = 1

/**
 * Does work when all that the network brought in this turn of the event loop has been taken note of, a millisecond at
 * a time: work that was done at once would make the next answers seem late.
 */
export class AfterPoll<Item> {
  readonly #work: (item: Item) => void
  #items: Item[] = []

  constructor(work: (item: Item) => void) {
    this.#work = work
  }

  get waiting(): number {
    return this.#items.length
  }

  push(item: Item): void {
    this.#items.push(item)
    if (this.#items.length === 1) setImmediate(() => this.#slice())
  }

  #slice(): void {
    const until = performance.now() + sliceMs
    let done = 0
    for (const item of this.#items) {
      this.#work(item)
      done += 1
      if (performance.now() > until) break
    }
    this.#items.splice(0, done)
    if (this.#items.length > 0) setImmediate(() => this.#slice())
  }
}
