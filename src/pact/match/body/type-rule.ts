import type { PactHeaders, Rule } from '../../model.ts'
import { inLowerCase } from '../headers.ts'
import type { Check } from '../report.ts'
import { Rules } from '../rules.ts'
import { textAt } from '../values.ts'

/** What a rule for the header says of the type of a body; `null` without one. */
export function typeRuleOf(headers: PactHeaders, rules: readonly Rule[]): Check<string> | null {
  const { chosen } = Rules.of(rules.map(inLowerCase)).at('content-type')
  return chosen && textAt(headers['content-type']?.[0] ?? '', chosen)
}
