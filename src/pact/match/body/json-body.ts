import type { Json } from '../../../contract/define.ts'
import { compileJson } from '../json/compile.ts'
import { parseJson } from '../json/parse.ts'
import { never, wrong } from '../report.ts'
import type { ExpectedBody, PayloadCheck, PresentBody } from './expected.ts'
import { payloadOf, textOf } from './payload.ts'

/** JSON, compared as what it says. */
export function jsonBody(body: PresentBody, { rules, strict }: ExpectedBody): PayloadCheck {
  const example = exampleOf(body)
  if (example === undefined) return never('cannot be checked: the body in the pact is no JSON')
  const { check, exact } = compileJson({ ...example, rules, extraKeys: strict ? 'forbidden' : 'allowed' })
  return (payload, report) => {
    const text = textOf(payload)
    let actual: unknown
    try {
      if (text === null) return wrong(report, 'is no JSON')
      actual = parseJson(text, exact)
    } catch {
      // The parser's own message quotes the body, which may hold secrets.
      return wrong(report, 'is no JSON')
    }
    return check(actual, report)
  }
}

function exampleOf(body: PresentBody): { value: Json } | undefined {
  if (body.kind === 'json') return body
  try {
    return { value: JSON.parse(textOf(payloadOf(body)) ?? '') as Json }
  } catch {
    return undefined
  }
}
