import type { PactResponse } from '../model.ts'
import { bodyPart } from './body/body-part.ts'
import { type ActualHeaders, headersCheck } from './headers.ts'
import type { Matching } from './mismatch.ts'
import { matchingOf, part } from './part.ts'
import { statusCheck } from './status.ts'

/** A response as it came. Header names may be in any case. */
export interface ActualResponse {
  readonly status: number
  readonly headers: ActualHeaders
  readonly body: string | Uint8Array | null
}

/** What a response of a pact promises: headers and keys beyond it may come too. */
export function responseMatching(response: PactResponse): Matching<ActualResponse> {
  const { status, headers, rules } = response
  return matchingOf<ActualResponse>([
    part('status', (actual) => actual.status, statusCheck(status, rules.status)),
    part('', (actual) => actual.headers, headersCheck(headers, rules.headers)),
    bodyPart(response, { strict: false }),
  ])
}
