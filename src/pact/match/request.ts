import type { PactRequest } from '../model.ts'
import { bodyPart } from './body/body-part.ts'
import { type ActualHeaders, headersCheck } from './headers.ts'
import type { Matching } from './mismatch.ts'
import { type Parameters, parametersCheck } from './parameters.ts'
import { matchingOf, part } from './part.ts'
import { type Check, wrong } from './report.ts'
import { textAt } from './values.ts'

/** A request as it came. `path` is without the query; header names may be in any case. */
export interface ActualRequest {
  readonly method: string
  readonly path: string
  /** Decoded. A parameter without `=` has the value `null`. */
  readonly query: Parameters
  readonly headers: ActualHeaders
  readonly body: string | Uint8Array | null
}

/** What a request of a pact wants: nothing beyond it but headers. */
export function requestMatching(request: PactRequest): Matching<ActualRequest> {
  const { method, path, query, headers, rules } = request
  const pathRule = rules.path && { ...rules.path, cascaded: false }
  return matchingOf<ActualRequest>([
    part('method', (actual) => actual.method, methodCheck(method)),
    part('path', (actual) => actual.path, textAt(path, pathRule?.matchers.length ? pathRule : null)),
    part(
      '',
      (actual) => actual.query,
      parametersCheck(query, rules.query, (name) => `query ${name}`),
    ),
    part('', (actual) => actual.headers, headersCheck(headers, rules.headers)),
    bodyPart(request, { strict: true }),
  ])
}

function methodCheck(wanted: string): Check<string> {
  return (actual, report) =>
    actual.toUpperCase() === wanted.toUpperCase() || wrong(report, `is ${actual}, wanted ${wanted}`)
}
