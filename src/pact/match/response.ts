import type { PactResponse } from '../model.ts'
import { bodyCheck } from './body/body.ts'
import { typeRuleOf } from './body/type-rule.ts'
import { type ActualHeaders, headersCheck, valuesOf } from './headers.ts'
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
  const { status, headers, body, rules } = response
  return matchingOf<ActualResponse>([
    part('status', (actual) => actual.status, statusCheck(status, rules.status)),
    part('', (actual) => actual.headers, headersCheck(headers, rules.headers)),
    part(
      'body $',
      (actual) => ({ body: actual.body, contentType: valuesOf(actual.headers, 'content-type')?.[0] }),
      bodyCheck({
        body,
        rules: rules.body,
        contentType: headers['content-type']?.[0],
        typeRule: typeRuleOf(headers, rules.headers),
        strict: false,
      }),
    ),
  ])
}
