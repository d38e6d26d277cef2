import type { Terms } from '../../contract/terms.ts'
import type { SampleTable } from '../../load/sample.ts'
import type { ScenarioRecord } from '../../record/record.ts'
import type { Classified } from '../classify.ts'
import type { PromiseVerdict } from '../verdict.ts'

/** All that a promise is judged by. */
export interface Scene {
  scenario: ScenarioRecord
  terms: Terms
  samples: SampleTable
  classified: Classified
}

/** What the judge of one kind of promise finds. */
export type Finding = Pick<
  PromiseVerdict,
  'status' | 'reason' | 'responses' | 'violations' | 'observed' | 'interval' | 'unit'
>
