import { messageOf } from './errors.ts'

/** Something that could not be undone. */
export interface UndoFailure {
  what: string
  why: string
}

/** Held resources, undone in reverse order on every way out. One that fails or hangs does not keep the others. */
export class Scope {
  readonly #held: { what: string; undo: () => unknown; limitMs: number }[] = []
  #closing: Promise<UndoFailure[]> | null = null

  /** Remembers how to undo `what`; `undo` is given up after `limitMs`. Held too late, it is undone at once. */
  hold(what: string, undo: () => unknown, limitMs = 10_000): void {
    this.#held.push({ what, undo, limitMs })
    this.#closing = this.#closing?.then(async (failures) => [...failures, ...(await this.#undoAll())]) ?? null
  }

  /** Undoes everything, last first. Calling it again waits for the first call, and for what was held since. */
  close(): Promise<UndoFailure[]> {
    this.#closing ??= this.#undoAll()
    return this.#closing
  }

  async #undoAll(): Promise<UndoFailure[]> {
    const failures: UndoFailure[] = []
    for (let next = this.#held.pop(); next; next = this.#held.pop()) {
      const { what, undo, limitMs } = next
      let timer: NodeJS.Timeout | undefined
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done in ${limitMs} ms`)), limitMs)
      })
      try {
        await Promise.race([Promise.resolve().then(undo), limit])
      } catch (error) {
        failures.push({ what, why: messageOf(error) })
      } finally {
        clearTimeout(timer)
      }
    }
    return failures
  }
}
