import { formatMs } from '../core/duration.ts'
import { readSamples } from '../load/samples-file.ts'
import type { Phase } from '../scenario/define.ts'
import { isSettled } from '../verdict/settled.ts'
import type { Playing } from './play.ts'

/** What was answered last is in the samples so soon, as a rule; drivers write in batches. */
const writtenWithinMs = 200

/**
 * Waits until a phase that began at `beganAt` has been looked at often enough: a promise is still undecided at each look but
 * the last. Returns the length at which it ended, ms; early when `signal` aborts.
 */
export async function lookThrough(
  playing: Playing,
  phase: Phase,
  beganAt: number,
  signal: AbortSignal,
): Promise<number> {
  const { scenario, live, prepared, record, store, onProgress } = playing
  const { clock } = live
  const lengths = scenario.looks[phase]
  const isDecided = () => isSettled(record, prepared.plan.terms, readSamples(store.files(scenario.name).samples), phase)
  for (const [index, lengthMs] of lengths.entries()) {
    await clock.sleep(beganAt + lengthMs - clock.now(), signal)
    const next = lengths[index + 1]
    if (next === undefined || signal.aborted) return lengthMs
    if (isDecided()) return lengthMs
    await clock.sleep(writtenWithinMs, signal)
    if (signal.aborted || isDecided()) return lengthMs
    onProgress({ kind: 'step', text: `  ${phase} goes on to ${formatMs(next)}: a promise is still undecided` })
  }
  return 0
}
