import type { Matcher } from '../model.ts'
import { binaryCheck } from './binary.ts'
import { looksLike } from './date/looks-like.ts'
import { pattern } from './regex/pattern.ts'
import { type Check, anything, never, refused, wrong } from './report.ts'
import { isOfStatus } from './status-class.ts'

/**
 * What a matcher wants of a text: a path, a header, a parameter, a body of plain text. `cascaded`: its rule stands higher
 * up, where some matchers are about the collection and not about what is in it.
 */
export function textCheck(matcher: Matcher, expected: string, cascaded: boolean): Check<string> {
  switch (matcher.match) {
    case 'equality':
    case 'values':
      return (actual, report) => actual === expected || wrong(report, `wanted "${expected}"`)
    case 'type':
      return anything
    case 'regex':
      return pattern(matcher.regex)
    case 'include':
      return includes(matcher.value)
    case 'number':
    case 'decimal':
      return (actual, report) => isNumber(actual) || wrong(report, 'wanted a number')
    case 'integer':
      return (actual, report) => /^\+?\d+$/.test(actual) || wrong(report, 'wanted an integer')
    case 'boolean':
      return (actual, report) => actual === 'true' || actual === 'false' || wrong(report, 'wanted true or false')
    case 'notEmpty':
      return (actual, report) => actual !== '' || wrong(report, 'is empty')
    case 'semver':
      return (actual, report) => isSemver(actual) || wrong(report, 'wanted a semantic version')
    case 'date':
    case 'time':
    case 'datetime':
      return looksLike(matcher)
    case 'statusCode':
      return (actual, report) =>
        (/^\d+$/.test(actual) && isOfStatus(matcher.status, Number(actual))) || wrong(report, 'wanted another status')
    case 'contentType': {
      const check = binaryCheck(matcher.value)
      return (actual, report) => check(Buffer.from(actual), report)
    }
    case 'unknown':
      return never(`cannot be checked: the matcher "${matcher.name}" is not known`)
    case 'eachKey':
    case 'eachValue':
      return cascaded ? anything : refused(`is text, which the matcher "${matcher.match}" is not for`)
    case 'null':
    case 'arrayContains':
      return refused(`is text, which the matcher "${matcher.match}" is not for`)
  }
}

export function includes(part: string): Check<string> {
  return (actual, report) => actual.includes(part) || wrong(report, `does not include "${part}"`)
}

export function isSemver(text: string): boolean {
  return semver.test(text)
}

/** Semantic Versioning 2.0.0: numbers without leading zeros, and where there are several parts, none is empty. */
const semver =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(\+[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?$/

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || /^[+-]?(inf|infinity|nan)$/i.test(text)
}
