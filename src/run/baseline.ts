import type { WorkloadInteraction } from '../load/workload.ts'
import type { RunRecord } from '../record/record.ts'
import { baselineOf, playWindow } from './health.ts'
import type { Plan } from './plan.ts'
import type { PlayInput } from './play.ts'
import { orderLoad } from './workload.ts'

type Stand = Pick<PlayInput, 'live' | 'session' | 'store' | 'settings' | 'sequence' | 'onProgress'> & { plan: Plan }

/** Normal load before the first scenario, of all that is known to be sent: what it takes then is normal from there on. */
export async function playBaseline(
  interactions: readonly WorkloadInteraction[],
  { plan, live, session, store, settings, sequence, onProgress }: Stand,
): Promise<NonNullable<RunRecord['baseline']>> {
  if (interactions.length === 0) return { responses: 0, p95: {} }
  onProgress({ kind: 'phase', phase: 'baseline', lengthMs: plan.baselineMs, faults: [] })
  const order = orderLoad({
    settings,
    sequence,
    interactions,
    stages: [{ rate: Math.max(...plan.scenarios.map(({ healthRate }) => healthRate)), forMs: plan.baselineMs }],
    timeoutMs: Math.max(...plan.scenarios.map(({ timeoutMs }) => timeoutMs)),
    into: store.files('baseline'),
  })
  const samples = await playWindow(live.load, order, session.signal)
  return baselineOf(samples, interactions, plan.baselineMs / 3)
}
