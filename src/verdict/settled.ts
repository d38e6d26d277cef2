import type { Terms } from '../contract/terms.ts'
import type { SampleTable } from '../load/sample.ts'
import type { ScenarioRecord } from '../record/record.ts'
import type { Phase } from '../scenario/define.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import { classify } from './classify.ts'
import { judgePromise } from './promises/judge-promise.ts'

/**
 * Whether more responses are of no use to a phase: each of its promises about a share is kept or broken by those that came
 * so far. For the looks of a scenario that is being played; `samples` may be in any order, and nothing is judged by it. To
 * look again a moment later adds less to the error than the bound on all looks together leaves.
 */
export function isSettled(scenario: ScenarioRecord, terms: Terms, samples: SampleTable, phase: Phase): boolean {
  const open = scenario.promises[phase].filter(isDecidedByMore)
  if (open.length === 0) return true
  const scene = { scenario, terms, samples, classified: classify(scenario, terms, samples) }
  return open.every((promise) => judgePromise(promise, phase, scene).status !== 'undecided')
}

/** Whether more responses of its phase can decide a promise. */
export function isDecidedByMore({ kind }: ScenarioPromise): boolean {
  return kind === 'share' || kind === 'latency' || kind === 'isolated' || kind === 'recovers'
}
