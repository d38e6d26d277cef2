import { wrong } from '../report.ts'
import { Rules } from '../rules.ts'
import { textAt } from '../values.ts'
import { binaryBody } from './binary-body.ts'
import type { ExpectedBody, PayloadCheck, PresentBody } from './expected.ts'
import { payloadOf, textOf } from './payload.ts'

/** Text, compared as a whole; a rule for it stands at the root. */
export function textBody(body: PresentBody, expected: ExpectedBody): PayloadCheck {
  const { chosen } = Rules.of(expected.rules)
  const wanted = textOf(payloadOf(body))
  if (wanted === null || chosen?.matchers.some(({ match }) => match === 'contentType'))
    return binaryBody(body, expected)
  const check = textAt(wanted, chosen)
  return (payload, report) => {
    const text = textOf(payload)
    return text === null ? wrong(report, 'is no text') : check(text, report)
  }
}
