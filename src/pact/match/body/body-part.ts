import type { PactBody, PactHeaders, Rule } from '../../model.ts'
import { type ActualHeaders, valuesOf } from '../headers.ts'
import { part } from '../part.ts'
import { bodyCheck } from './body.ts'
import { typeRuleOf } from './type-rule.ts'

/** What a request and a response have alike. */
export interface WithBody {
  readonly headers: PactHeaders
  readonly body: PactBody
  readonly rules: { readonly headers: readonly Rule[]; readonly body: readonly Rule[] }
}

interface ActualWithBody {
  readonly headers: ActualHeaders
  readonly body: string | Uint8Array | null
}

/** `strict`: nothing may be in the body beyond what is in the pact. */
export function bodyPart({ headers, body, rules }: WithBody, { strict }: { strict: boolean }) {
  return part(
    'body $',
    (actual: ActualWithBody) => ({ body: actual.body, contentType: valuesOf(actual.headers, 'content-type')?.[0] }),
    bodyCheck({
      body,
      rules: rules.body,
      contentType: headers['content-type']?.[0],
      typeRule: typeRuleOf(headers, rules.headers),
      strict,
    }),
  )
}
