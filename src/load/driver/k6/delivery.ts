import { type Answer, bodyLimitBytes, type Ending } from '../../answers/ending.ts'
import { transportErrorOf } from './transport-error.ts'

/**
 * What a script tells of one response (k6/play.js says the same): when it was sent and how long it took, in k6's
 * moments; status (0: no answer), k6's error code and text, headers, body, and whether only the beginning of the body is here.
 */
export type Delivery = [
  sentAt: number,
  took: number,
  status: number,
  errorCode: number,
  error: string,
  headers: Record<string, string>,
  body: string,
  isCut: boolean,
]

/** `offsetMs` leads from k6's moments to the run's clock. */
export function endingOf(
  [sentMoment, took, status, code, text, headers, body, isCut]: Delivery,
  offsetMs: number,
): Ending {
  const sentAt = sentMoment + offsetMs
  // k6 keeps nothing of an answer that it could not read to its end.
  if (status === 0) return { sentAt, took, error: transportErrorOf(code, text), detail: text, answer: null }
  const answer: Answer = { status, headers: inLowerCase(headers), body }
  // A character may take three bytes, so most bodies need not be measured.
  const isTooLarge = isCut || (body.length > bodyLimitBytes / 3 && Buffer.byteLength(body) > bodyLimitBytes)
  if (!isTooLarge) return { sentAt, took, error: 'none', detail: null, answer }
  return { sentAt, took, error: 'too large', detail: `the body is larger than ${bodyLimitBytes} bytes`, answer }
}

function inLowerCase(headers: Record<string, string>): Record<string, string> {
  const lower: Record<string, string> = {}
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? ''
  return lower
}
