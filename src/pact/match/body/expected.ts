import type { PactBody, Rule } from '../../model.ts'
import type { Check } from '../report.ts'

export interface ExpectedBody {
  readonly body: PactBody
  readonly rules: readonly Rule[]
  /** What the header of the pact states. */
  readonly contentType: string | undefined
  /** Whether an actual type will do, by a rule for the header; `null` without such a rule. */
  readonly typeRule: Check<string> | null
  /** Whether JSON may have no keys beyond those of the pact: so in requests. */
  readonly strict: boolean
}

/** What is there, of whichever type. */
export type PresentBody = Exclude<PactBody, { kind: 'absent' | 'empty' }>

export type PayloadCheck = Check<string | Uint8Array>

export function isPresent(body: PactBody): body is PresentBody {
  return body.kind !== 'absent' && body.kind !== 'empty'
}
