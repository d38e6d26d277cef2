import { parametersCheck } from '../parameters.ts'
import { never, wrong } from '../report.ts'
import type { ExpectedBody, PayloadCheck, PresentBody } from './expected.ts'
import { payloadOf, textOf } from './payload.ts'

/** A form, compared parameter by parameter, in whatever order they come. */
export function formBody(body: PresentBody, { rules }: ExpectedBody): PayloadCheck {
  const wanted = textOf(payloadOf(body))
  if (wanted === null) return never('cannot be checked: the body in the pact is no form')
  const check = parametersCheck(parse(wanted), rules, (name) => `body $.${name}`)
  return (payload, report) => {
    const text = textOf(payload)
    return text === null ? wrong(report, 'is no form') : check(parse(text), report)
  }
}

function parse(text: string): Record<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(text)) found.set(name, [...(found.get(name) ?? []), value])
  return Object.fromEntries(found)
}
