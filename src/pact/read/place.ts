import { isRecord, Place } from '../../contract/place.ts'
import type { Problem } from '../../core/errors.ts'

/** A place in a pact file. What is wrong there is collected, and what is not carried over. */
export class PactPlace {
  readonly #wrong: Place
  readonly #left: Place

  constructor(wrong: Place, left: Place) {
    this.#wrong = wrong
    this.#left = left
  }

  at(...steps: readonly (string | number)[]): PactPlace {
    return new PactPlace(this.#wrong.at(...steps), this.#left.at(...steps))
  }

  /** Says what is wrong. */
  report(message: string, hint?: string): void {
    this.#wrong.report(message, hint)
  }

  /** Says what is not carried over or taken for granted, and why. */
  note(message: string, hint?: string): void {
    this.#left.report(message, hint)
  }

  /** `value` as a record, or a report that it is none. */
  record(value: unknown, what: string): Record<string, unknown> | undefined {
    return this.#wrong.record(value, null, what)
  }

  /** Notes every attribute of `record` that is not among those `read`, unless it says nothing. */
  noteUnread(record: Record<string, unknown>, read: readonly string[], what: string): void {
    for (const [name, value] of Object.entries(record)) {
      if (read.includes(name) || saysNothing(value)) continue
      this.at(name).note(reasons[name] ?? `is not carried over: ${what} has no "${name}"`)
    }
  }
}

/** The top of a pact file, and the two lists that its places fill. */
export function topOf(file: string): { place: PactPlace; problems: Problem[]; notes: Problem[] } {
  const problems: Problem[] = []
  const notes: Problem[] = []
  return { place: new PactPlace(new Place(file, problems), new Place(file, notes)), problems, notes }
}

const reasons: Readonly<Record<string, string>> = {
  pluginConfiguration: 'is not carried over: it is for a plugin, and there are none here',
  transport: 'is not carried over: it is for a plugin, and there are none here',
  interactionMarkup: 'is not carried over: it is for display only',
}

function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === null || value === undefined || value === '' || (isRecord(value) && Object.keys(value).length === 0)
}
