import { formatPath, type PathStep } from '../path.ts'
import type { Mismatch } from './mismatch.ts'

/**
 * Whether a value is as the pact has it. Without a report it stops at the first thing that is not; with one it goes on, and
 * says each. One function for both, so that they cannot disagree.
 */
export type Check<Value = unknown> = (actual: Value, report: Report | null) => boolean

/** A place in what came, where what is not right is written down. */
export class Report {
  readonly found: Mismatch[]
  readonly #place: string

  constructor(place: string, found: Mismatch[] = []) {
    this.found = found
    this.#place = place
  }

  at(step: PathStep): Report {
    return new Report(this.#place + formatPath([step]).slice(1), this.found)
  }

  add(message: string, uncheckable = false): void {
    this.found.push({ place: this.#place, message, uncheckable })
  }
}

export function wrong(report: Report | null, message: string): false {
  report?.add(message)
  return false
}

/** Nobody can say whether it is right. */
export function doubtful(report: Report | null, message: string): false {
  report?.add(message, true)
  return false
}

/** What nobody can say of any value. */
export function never(why: string): Check {
  return (_, report) => doubtful(report, why)
}

/** What is wrong with every value. */
export function refused(why: string): Check {
  return (_, report) => wrong(report, why)
}

export const anything: Check = () => true
