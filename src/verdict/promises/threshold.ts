import type { ThresholdReading } from '../../load/workload.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { amount } from '../figures.ts'
import type { PromiseStatus } from '../verdict.ts'
import type { Finding, Scene } from './scene.ts'

/** k6 judges a threshold; whether it had anything to judge, and came to tell, is seen here. Its exit code says nothing. */
export function judgeThreshold(
  { metric, expression }: Extract<ScenarioPromise, { kind: 'threshold' }>,
  { scenario: { load } }: Scene,
): Finding {
  const reading = load?.thresholds?.find((each) => each.metric === metric && each.expression === expression)
  const finding = (status: PromiseStatus, reason: string): Finding => ({
    status,
    reason,
    responses: null,
    violations: null,
    observed: reading?.observed ?? null,
    interval: null,
    unit: 'value',
  })
  if (reading === undefined) return finding('undecided', 'k6 wrote no summary that tells of it')
  const { ok, samples, observed, type } = reading
  if (samples === 0 && !isCountOfNone(reading))
    return finding('undecided', `"${metric}" has no samples, whatever k6 makes of it (${ok ? 'kept' : 'crossed'})`)
  const seen = observed === null ? '' : `: it was ${Number(observed.toFixed(3))}`
  const over = type === 'counter' || type === 'gauge' ? '' : ` over ${amount(samples, 'sample')}`
  return ok ? finding('kept', `k6 found it kept${over}${seen}`) : finding('broken', `k6 found it crossed${over}${seen}`)
}

/**
 * Of a counter, nothing may be what is measured: one that demands more was crossed; and iterations that were dropped are
 * counted by k6 itself, under a name that nobody mistypes unseen.
 */
function isCountOfNone({ type, ok, metric }: ThresholdReading): boolean {
  return type === 'counter' && (!ok || metric === 'dropped_iterations')
}
