import type { MatcherSet } from '../model.ts'
import { anything, type Check } from './report.ts'

/** One check of several: each must hold, or one of them is enough. */
export function combined<Value>(combine: MatcherSet['combine'], checks: readonly Check<Value>[]): Check<Value> {
  return combine === 'AND' ? all(checks) : any(checks)
}

/** Those that always hold are left out, and one alone is itself: matching is called very often. */
export function all<Value>(checks: readonly Check<Value>[]): Check<Value> {
  const [first = anything, second, ...others] = checks.filter((check) => check !== anything)
  if (second === undefined) return first
  const rest = others.length === 0 ? second : all([second, ...others])
  return (actual, report) => {
    if (first(actual, report)) return rest(actual, report)
    if (report !== null) rest(actual, report)
    return false
  }
}

function any<Value>(checks: readonly Check<Value>[]): Check<Value> {
  const [only, ...others] = checks
  if (only && others.length === 0) return only
  return (actual, report) => {
    if (checks.some((check) => check(actual, null))) return true
    if (report !== null) for (const check of checks) check(actual, report)
    return false
  }
}
