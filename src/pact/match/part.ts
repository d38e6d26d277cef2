import { all } from './combine.ts'
import type { Matching, Mismatch } from './mismatch.ts'
import { type Check, Report } from './report.ts'

/** A part of what came, and what it is called in a mismatch; `''` where each thing in it has a place of its own. */
export function part<Actual, Value>(place: string, get: (actual: Actual) => Value, check: Check<Value>): Check<Actual> {
  return (actual, report) => check(get(actual), report && new Report(place, report.found))
}

/** Of several parts, all of which must be as they should be. */
export function matchingOf<Actual>(parts: readonly Check<Actual>[]): Matching<Actual> {
  const check = all(parts)
  return {
    matches: (actual) => check(actual, null),
    mismatches(actual): Mismatch[] {
      const report = new Report('')
      check(actual, report)
      return report.found
    },
  }
}
