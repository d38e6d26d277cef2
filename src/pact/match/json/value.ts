import type { Json } from '../../../contract/define.ts'
import type { Matcher, MatcherSet } from '../../model.ts'
import { binaryCheck } from '../binary.ts'
import { combined } from '../combine.ts'
import { type Check, anything, doubtful, wrong } from '../report.ts'
import type { Chosen } from '../rules.ts'
import { looksLike } from '../date/looks-like.ts'
import { pattern } from '../regex/pattern.ts'
import { includes, isSemver } from '../text.ts'
import { type Kind, WholeDecimal, called, kindOf, quoted, sameJson, textOf } from './kind.ts'

/** A text, a number, a boolean or null: what the rule wants, or the very value when there is none. */
export function compileValue(expected: Json, rule: MatcherSet | null): Check {
  if (rule === null) return equal(expected)
  return combined(
    rule.combine,
    rule.matchers.map((matcher) => valueCheck(matcher, expected)),
  )
}

/** Whether it matters here that 9.0 is written with a point. */
export function tellsDecimals(expected: Json, rule: Chosen | null): boolean {
  return (rule?.matchers ?? []).some(
    ({ match }) =>
      match === 'integer' ||
      match === 'decimal' ||
      (typeof expected === 'number' && (match === 'regex' || match === 'include')),
  )
}

/** What a matcher wants of a value, whatever it is; the example only tells the type or, for `equality`, the value. */
export function valueCheck(matcher: Matcher, expected: Json): Check {
  switch (matcher.match) {
    case 'equality':
    case 'values':
      return equal(expected)
    case 'type':
      return ofKind(kindOf(expected))
    case 'number':
      return ofKind('number')
    case 'null':
      return ofKind('null')
    case 'integer':
      return (actual, report) => isInteger(actual) || wrong(report, wanted(actual, 'an integer'))
    case 'decimal':
      return (actual, report) => isDecimal(actual) || wrong(report, wanted(actual, 'a decimal number'))
    case 'boolean':
      return (actual, report) =>
        typeof actual === 'boolean' ||
        actual === 'true' ||
        actual === 'false' ||
        wrong(report, wanted(actual, 'a boolean'))
    case 'notEmpty':
      return (actual, report) => !isEmpty(actual) || wrong(report, 'is empty')
    case 'semver':
      return (actual, report) =>
        (typeof actual === 'string' && isSemver(actual)) || wrong(report, wanted(actual, 'a semantic version'))
    case 'regex':
      return onText(pattern(matcher.regex))
    case 'include':
      return onText(includes(matcher.value))
    case 'date':
    case 'time':
    case 'datetime':
      return onText(looksLike(matcher))
    case 'contentType':
      return onBytes(binaryCheck(matcher.value))
    // The reference asks nothing of a value here: these are about collections, or about a status.
    case 'eachKey':
    case 'eachValue':
    case 'arrayContains':
    case 'statusCode':
      return anything
    case 'unknown':
      return (_, report) => doubtful(report, `cannot be checked: the matcher "${matcher.name}" is not known`)
  }
}

function equal(expected: Json): Check {
  const kind = kindOf(expected)
  return (actual, report) => {
    if (actual === expected || sameJson(expected, actual)) return true
    return wrong(
      report,
      kindOf(actual) === kind ? `is another ${kind}, wanted ${quoted(expected)}` : wanted(actual, quoted(expected)),
    )
  }
}

function ofKind(kind: Kind): Check {
  if (kind === 'string' || kind === 'boolean')
    return (actual, report) => typeof actual === kind || wrong(report, wanted(actual, called(kind)))
  if (kind === 'number')
    return (actual, report) =>
      typeof actual === 'number' || actual instanceof WholeDecimal || wrong(report, wanted(actual, called(kind)))
  return (actual, report) => kindOf(actual) === kind || wrong(report, wanted(actual, called(kind)))
}

function onText(check: Check<string>): Check {
  return (actual, report) => {
    const text = textOf(actual)
    return text === null ? wrong(report, 'is nested too deeply to be looked at as text') : check(text, report)
  }
}

/** Binary data in JSON is base64; what is no base64 is taken as it stands. */
function onBytes(check: Check<Uint8Array>): Check {
  return (actual, report) => {
    const text = textOf(actual) ?? ''
    const isBase64 = typeof actual === 'string' && text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text)
    return check(Buffer.from(text, isBase64 ? 'base64' : 'utf8'), report)
  }
}

function isInteger(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value)
}

function isDecimal(value: unknown): boolean {
  return value instanceof WholeDecimal || (typeof value === 'number' && !Number.isInteger(value))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '' || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return kindOf(value) === 'object' && Object.keys(value).length === 0
}

function wanted(actual: unknown, what: string): string {
  return `is ${called(kindOf(actual))}, wanted ${what}`
}
