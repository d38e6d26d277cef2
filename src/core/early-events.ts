/** More than this many that nobody has listened to are dropped. */
const keptAtMost = 100

/** Events by name. What is told before anyone could listen is kept, and given to the first listener. */
export class EarlyEvents {
  readonly #listeners = new Map<string, ((data: never) => void)[]>()
  readonly #early: { event: string; data: unknown }[] = []

  emit(event: string, data: unknown): void {
    const listeners = this.#listeners.get(event)
    for (const listener of listeners ?? []) listener(data as never)
    if (!listeners && this.#early.length < keptAtMost) this.#early.push({ event, data })
  }

  on(event: string, listener: (data: never) => void): void {
    const known = this.#listeners.get(event)
    this.#listeners.set(event, [...(known ?? []), listener])
    if (known) return
    for (const early of this.#early.filter((one) => one.event === event)) listener(early.data as never)
  }
}
