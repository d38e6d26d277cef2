import type { Matcher } from '../../model.ts'
import { binaryCheck } from '../binary.ts'
import { combined } from '../combine.ts'
import { pattern } from '../regex/pattern.ts'
import { type Check, anything, never, refused, wrong } from '../report.ts'
import { Rules } from '../rules.ts'
import { includes } from '../text.ts'
import type { ExpectedBody, PayloadCheck, PresentBody } from './expected.ts'
import { bytesOf, payloadOf, textOf } from './payload.ts'

/** Bytes, compared as a whole; a rule for them stands at the root. */
export function binaryBody(body: PresentBody, { rules }: ExpectedBody): PayloadCheck {
  const { chosen } = Rules.of(rules)
  const wanted = bytesOf(payloadOf(body))
  const check = chosen
    ? combined(
        chosen.combine,
        chosen.matchers.map((matcher) => byMatcher(matcher, wanted)),
      )
    : equal(wanted)
  return (payload, report) => check(bytesOf(payload), report)
}

function byMatcher(matcher: Matcher, wanted: Uint8Array): Check<Uint8Array> {
  switch (matcher.match) {
    case 'equality':
      return equal(wanted)
    case 'type':
    // A body that is not there was found missing before.
    case 'notEmpty':
      return anything
    case 'regex':
      return onText(pattern(matcher.regex))
    case 'include':
      return onText(includes(matcher.value))
    case 'contentType':
      return binaryCheck(matcher.value)
    case 'unknown':
      return never(`cannot be checked: the matcher "${matcher.name}" is not known`)
    default:
      return refused(`is binary, which the matcher "${matcher.match}" is not for`)
  }
}

function equal(wanted: Uint8Array): Check<Uint8Array> {
  return (actual, report) =>
    Buffer.compare(actual, wanted) === 0 ||
    wrong(report, `has ${actual.length} bytes that are not the ${wanted.length} of the pact`)
}

function onText(check: Check<string>): Check<Uint8Array> {
  return (actual, report) => {
    const text = textOf(actual)
    return text === null ? wrong(report, 'is no text') : check(text, report)
  }
}
