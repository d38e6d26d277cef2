import type { OwnScript } from '../load/workload.ts'
import type { PlannedScript } from './plan-script.ts'

/** teardown() and handleSummary() come after the last iteration, ms. */
const afterLastMs = 10_000

/** A planned script as the load driver takes it. It was asked for its facts, or it would not be played. */
export function ownScriptOf({ name, file, env, thresholds, facts }: PlannedScript): OwnScript {
  if (facts === null) throw new Error(`nothing is known of "${name}"`)
  const { sendsMs, endsMs, virtualUsers } = facts
  return { file, env, thresholds, lengthMs: sendsMs, endsMs, virtualUsers }
}

/** How long a script may still go on that has played for so long, ms: with thresholds it is let come to its own end. */
export function leftOfScript({ thresholds, facts }: PlannedScript, playedMs: number): number {
  return Math.max(0, (thresholds ? (facts?.endsMs ?? 0) - playedMs : 0) + afterLastMs)
}
