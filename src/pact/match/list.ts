import type { Json } from '../../contract/define.ts'
import type { Matcher } from '../model.ts'
import { sameJson } from './json/kind.ts'
import { type Check, anything, never, wrong } from './report.ts'

/**
 * What a matcher wants of a list as a whole; what it wants of the elements is another matter. A number of elements is
 * demanded only where the rule stands, not further down.
 */
export function listCheck(matcher: Matcher, expected: readonly Json[], cascaded: boolean): Check<readonly unknown[]> {
  switch (matcher.match) {
    case 'type':
      return cascaded ? anything : sized(matcher)
    case 'equality':
      return (actual, report) => sameJson(expected, actual) || wrong(report, 'is another list than wanted')
    case 'notEmpty':
      return ({ length }, report) => length > 0 || wrong(report, 'is empty')
    case 'null':
      return (_, report) => wrong(report, 'is a list, wanted null')
    case 'statusCode':
      return (_, report) => wrong(report, 'is a list, wanted a status')
    case 'unknown':
      return never(`cannot be checked: the matcher "${matcher.name}" is not known`)
    default:
      return anything
  }
}

function sized({ min = 0, max = Infinity }: { min?: number; max?: number }): Check<readonly unknown[]> {
  return ({ length }, report) => {
    if (length < min) return wrong(report, `has ${length} elements, wanted at least ${min}`)
    return length <= max || wrong(report, `has ${length} elements, wanted at most ${max}`)
  }
}
