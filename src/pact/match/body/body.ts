import { type Check, anything, never, wrong } from '../report.ts'
import { binaryBody } from './binary-body.ts'
import { type ContentType, type Way, formatContentType, isComparable, parseContentType, wayOf } from './content-type.ts'
import { type ExpectedBody, type PayloadCheck, type PresentBody, isPresent } from './expected.ts'
import { formBody } from './form-body.ts'
import { jsonBody } from './json-body.ts'
import { bytesOf, payloadOf } from './payload.ts'
import { textBody } from './text-body.ts'
import { contentOf } from './magic.ts'

/** A body as it came, and the type that its header states. */
export interface ActualBody {
  readonly body: string | Uint8Array | null
  readonly contentType: string | undefined
}

/** Compares bodies in the way of the expected one's type, once the types can be compared. */
export function bodyCheck(expected: ExpectedBody): Check<ActualBody> {
  const { body } = expected
  if (body.kind === 'absent') return anything
  if (!isPresent(body)) return (actual, report) => isEmpty(actual.body) || wrong(report, 'is there, wanted none')
  const type = typeOf(body, expected.contentType)
  const isOfType = type ? typeCheck(type, expected.typeRule) : anything
  const isLike = ways[type ? wayOf(type) : 'text'](body, expected)
  return (actual, report) => {
    const payload = actual.body
    if (payload === null || payload.length === 0) return wrong(report, 'is missing')
    return isOfType(actual, report) && isLike(payload, report)
  }
}

const ways: Readonly<Record<Way, (body: PresentBody, expected: ExpectedBody) => PayloadCheck>> = {
  json: jsonBody,
  form: formBody,
  text: textBody,
  binary: binaryBody,
  xml: () => never('cannot be checked: XML is not looked into'),
  multipart: () => never('cannot be checked: multipart bodies are not looked into'),
}

/** The pact's own word first, then its header, then what the body looks like. */
function typeOf(body: PresentBody, header: string | undefined): ContentType | undefined {
  const stated = parseContentType(body.contentType ?? header ?? '')
  if (stated) return stated
  return parseContentType(body.kind === 'json' ? 'application/json' : contentOf(bytesOf(payloadOf(body))))
}

function typeCheck(wanted: ContentType, rule: Check<string> | null): Check<ActualBody> {
  if (isAny(wanted)) return anything
  /** What is wrong with a type: most answers state the same one. */
  const seen = new Map<string, string | null>()
  return ({ body, contentType }, report) => {
    const stated = contentType ?? contentOf(bytesOf(body ?? ''))
    let flaw = seen.get(stated)
    if (flaw === undefined) {
      flaw = flawOf(stated, wanted, rule)
      if (seen.size < 100) seen.set(stated, flaw)
    }
    return flaw === null || wrong(report, flaw)
  }
}

function flawOf(stated: string, wanted: ContentType, rule: Check<string> | null): string | null {
  const actual = parseContentType(stated)
  if (!actual || isAny(actual) || isComparable(wanted, actual)) return null
  if (rule?.(formatContentType(actual), null)) return null
  return `is of type ${formatContentType(actual)}, wanted ${formatContentType(wanted)}`
}

function isAny({ main, sub }: ContentType): boolean {
  return main === '*' || sub === '*'
}

function isEmpty(payload: string | Uint8Array | null): boolean {
  return payload === null || payload.length === 0
}
