import { inspect } from 'node:util'
import type { Problem } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'

/** A place in a user's file. What is wrong there is collected, with the path that leads to it. */
export class Place {
  readonly #file: string
  readonly #problems: Problem[]
  readonly #path: readonly string[]

  constructor(file: string, problems: Problem[], path: readonly string[] = []) {
    this.#file = file
    this.#problems = problems
    this.#path = path
  }

  at(...steps: readonly (string | number)[]): Place {
    return new Place(this.#file, this.#problems, [...this.#path, ...steps.map(String)])
  }

  report(message: string, hint?: string): void {
    this.#problems.push({ file: this.#file, path: this.#path, message, ...(hint === undefined ? {} : { hint }) })
  }

  /** Whether `look` finds nothing to report. */
  isFine(look: () => void): boolean {
    const before = this.#problems.length
    look()
    return this.#problems.length === before
  }

  /** `value` as a record, or a report that it is none, or that it has keys that nobody reads. */
  record(value: unknown, known: readonly string[] | null, what: string): Record<string, unknown> | undefined {
    if (!isRecord(value)) return void this.report(value === undefined ? `${what} is missing` : `${what} is no object`)
    for (const key of known === null ? [] : Object.keys(value).filter((name) => !known.includes(name))) {
      this.at(key).report(`${what} has no "${key}"`, suggest(key, known ?? []))
    }
    return value
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as a message shows it, whatever it is. */
export function show(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity })
}

/** `Did you mean "response"?`, or all that is possible. */
export function suggest(name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return meant === undefined ? `Possible here: ${known.join(', ')}.` : `Did you mean "${meant}"?`
}
