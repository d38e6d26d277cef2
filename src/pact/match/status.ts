import type { Matcher, MatcherSet } from '../model.ts'
import { combined } from './combine.ts'
import { pattern } from './regex/pattern.ts'
import { type Check, anything, never, refused, wrong } from './report.ts'
import { isOfStatus } from './status-class.ts'
import { includes } from './text.ts'

/** The status of the pact, or what its rule says. */
export function statusCheck(expected: number, rule: MatcherSet | null): Check<number> {
  if (rule === null || rule.matchers.length === 0) return equal(expected)
  return combined(
    rule.combine,
    rule.matchers.map((matcher) => byMatcher(matcher, expected)),
  )
}

function byMatcher(matcher: Matcher, expected: number): Check<number> {
  switch (matcher.match) {
    case 'statusCode': {
      const { status } = matcher
      const wanted = typeof status === 'string' ? status : status.join(' or ')
      return (actual, report) => isOfStatus(status, actual) || wrong(report, `is ${actual}, wanted ${wanted}`)
    }
    case 'equality':
      return equal(expected)
    case 'regex':
      return onText(pattern(matcher.regex))
    case 'include':
      return onText(includes(matcher.value))
    case 'type':
    case 'number':
    case 'integer':
      return anything
    case 'unknown':
      return never(`cannot be checked: the matcher "${matcher.name}" is not known`)
    default:
      return refused(`is a status, which the matcher "${matcher.match}" is not for`)
  }
}

function equal(expected: number): Check<number> {
  return (actual, report) => actual === expected || wrong(report, `is ${actual}, wanted ${expected}`)
}

function onText(check: Check<string>): Check<number> {
  return (actual, report) => check(String(actual), report)
}
