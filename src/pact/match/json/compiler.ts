import type { Json } from '../../../contract/define.ts'
import type { Check } from '../report.ts'
import type { Rules } from '../rules.ts'

/** What the parts of an example are compiled with: objects and arrays ask it for what they hold. */
export interface JsonCompiler {
  /** Whether keys that the example has not are wrong: so in requests. */
  readonly strict: boolean
  compile(expected: Json, rules: Rules): Check
}
