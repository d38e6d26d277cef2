import type { ScenarioRecord } from '../record/record.ts'
import { playWindow, sicknessOf } from './health.ts'
import type { PlayInput } from './play.ts'
import { healthWindowMs } from './plan.ts'
import { orderLoad } from './workload.ts'

/** Health is looked for this long before a scenario is given up. */
const limitMs = 10_000

/** Plays windows of normal load until one shows that the system is well. */
export async function checkHealth(input: PlayInput): Promise<NonNullable<ScenarioRecord['health']>> {
  const { scenario, interactions, baseline, live, session, store, settings, sequence, onProgress } = input
  const { rate, timeoutMs } = scenario
  const startedAt = live.clock.now()
  onProgress({ kind: 'phase', phase: 'health', lengthMs: healthWindowMs, faults: [] })
  const files = store.files(scenario.name)
  const into = { samples: `${files.samples}.health`, evidence: `${files.evidence}.health` }
  for (;;) {
    const stages = [{ rate, forMs: healthWindowMs }]
    const order = orderLoad({ settings, sequence, interactions, stages, timeoutMs, into })
    const samples = await playWindow(live.load, order, session.signal)
    const reason = sicknessOf(samples, interactions, baseline)
    const tookMs = live.clock.now() - startedAt
    if (reason === null || tookMs > limitMs || session.over) return { healthy: reason === null, reason, tookMs }
  }
}
