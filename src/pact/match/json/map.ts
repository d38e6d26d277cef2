import type { Json } from '../../../contract/define.ts'
import type { Matcher } from '../../model.ts'
import { type Check, anything, never, refused, wrong } from '../report.ts'
import { type JsonObject, sameJson } from './kind.ts'

/** What a matcher wants of an object as a whole. Many are about single values, and no object can meet them. */
export function mapCheck(
  matcher: Matcher,
  expected: { readonly [key: string]: Json },
  cascaded: boolean,
): Check<JsonObject> {
  switch (matcher.match) {
    case 'type':
      return cascaded ? anything : sized(matcher)
    case 'equality':
      return (actual, report) => sameJson(expected, actual) || wrong(report, 'is another object than wanted')
    case 'notEmpty':
      return (actual, report) => Object.keys(actual).length > 0 || wrong(report, 'is empty')
    case 'regex':
    case 'values':
    case 'eachKey':
    case 'eachValue':
    case 'arrayContains':
      return anything
    case 'unknown':
      return never(`cannot be checked: the matcher "${matcher.name}" is not known`)
    default:
      return refused(`is an object, which the matcher "${matcher.match}" is not for`)
  }
}

function sized({ min = 0, max = Infinity }: { min?: number; max?: number }): Check<JsonObject> {
  if (min === 0 && max === Infinity) return anything
  return (actual, report) => {
    const { length } = Object.keys(actual)
    if (length < min) return wrong(report, `has ${length} keys, wanted at least ${min}`)
    return length <= max || wrong(report, `has ${length} keys, wanted at most ${max}`)
  }
}
