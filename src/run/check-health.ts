import type { ScenarioRecord } from '../record/record.ts'
import { probe } from '../system/probe.ts'
import { playWindow, sicknessOf } from './health.ts'
import type { PlayInput } from './play.ts'
import { healthWindowMs } from './plan.ts'
import { orderLoad } from './workload.ts'

/** Health is looked for this long before a scenario is given up. */
const limitMs = 10_000
const probeLimitMs = 2_000

/** Plays windows of normal load until one shows that the system is well; where none is known, every instance is asked. */
export async function checkHealth(input: PlayInput): Promise<NonNullable<ScenarioRecord['health']>> {
  const { scenario, interactions, baseline, live, session, store, settings, sequence, onProgress } = input
  const { healthRate: rate, timeoutMs } = scenario
  const startedAt = live.clock.now()
  onProgress({ kind: 'phase', phase: 'health', lengthMs: healthWindowMs, faults: [] })
  const files = store.files(scenario.name)
  const into = { samples: `${files.samples}.health`, evidence: `${files.evidence}.health` }
  const look = async () => {
    if (interactions.length === 0) return askInstances(input)
    const stages = [{ rate, forMs: healthWindowMs }]
    const order = orderLoad({ settings, sequence, interactions, stages, timeoutMs, into })
    return sicknessOf(await playWindow(live.load, order, session.signal), interactions, baseline)
  }
  for (;;) {
    const reason = await look()
    const tookMs = live.clock.now() - startedAt
    if (reason === null || tookMs > limitMs || session.over) return { healthy: reason === null, reason, tookMs }
  }
}

/** Whether each instance answers its readiness probe: why the first that does not, or `null`. */
async function askInstances({ prepared, live, session: { signal } }: PlayInput): Promise<string | null> {
  await live.clock.sleep(healthWindowMs, signal)
  const asked = prepared.plan.topology.instances.map(async (instance) => {
    const { outcome, detail } = await probe(instance, instance.probe, { limitMs: probeLimitMs, signal })
    return outcome === 'answered' ? null : `${instance.id} does not answer its readiness probe: ${outcome} (${detail})`
  })
  return (await Promise.all(asked)).find((why) => why !== null) ?? null
}
