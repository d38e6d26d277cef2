import type { OwnScript } from '../load/workload.ts'
import type { PlannedScenario } from './plan-scenario.ts'
import type { PlannedScript } from './plan-script.ts'

/** teardown() and handleSummary() come after the last iteration, ms. */
const afterLastMs = 10_000

/** A planned script as the load driver takes it. It was asked for its facts, or it would not be played. */
export function ownScriptOf({ name, file, env, thresholds, facts }: PlannedScript): OwnScript {
  if (facts === null) throw new Error(`nothing is known of "${name}"`)
  const { sendsMs, endsMs, virtualUsers } = facts
  return { file, env, thresholds, lengthMs: sendsMs, endsMs, virtualUsers }
}

/**
 * How long a load that is stopped may still go on, ms, after it has played for so long: for what is under way, and a script with
 * thresholds to its own end.
 */
export function leftOf({ script, timeoutMs }: PlannedScenario, playedMs: number): number {
  if (script === null) return timeoutMs
  const endsMs = script.thresholds ? (script.facts?.endsMs ?? 0) : 0
  return Math.max(timeoutMs, endsMs - playedMs) + afterLastMs
}
