import type { InteractionTerms } from '../../contract/terms.ts'
import { formatMs } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import { amount } from '../figures.ts'
import { allowedShare, type CountedPromise } from './counted.ts'
import { forEachLate, ruleOf } from './rule.ts'
import type { Finding, Scene } from './scene.ts'

/** Whoever waits longer hangs, unless the contract has more patience: ms. */
const patienceMs = 1_000

/**
 * What hangs until the fault goes is left out of all shares, since it may answer as if nothing had been. But where more hung
 * than the promise allows to be broken, nobody knows what they would have been: then it is not kept.
 */
export function withReleased(found: Finding, promise: CountedPromise, phase: Phase, scene: Scene): Finding {
  const { concerns, violatedByNoEnd } = ruleOf(promise, scene)
  if (found.status !== 'kept' || promise.kind === 'latency' || !violatedByNoEnd) return found
  const patience: number[] = []
  for (const interaction of scene.terms.interactions) patience[interaction.id] = patienceOf(interaction)
  let released = 0
  forEachLate(
    phase,
    scene,
    (interaction) => patience[interaction] ?? patienceMs,
    (index) => {
      if (concerns(index)) released++
    },
  )
  if (released <= allowedShare(promise) * ((found.responses ?? 0) + released)) return found
  const more = `${amount(released, 'more response')} came only when the faults changed`
  const when = `after more than ${formatMs(Math.min(...patience.filter(Boolean)))}`
  return { ...found, status: 'undecided', reason: `${more}, ${when}; ${found.reason}` }
}

function patienceOf({ withinMs, stances }: InteractionTerms): number {
  return Math.max(patienceMs, withinMs ?? 0, ...stances.map((stance) => stance.withinMs ?? 0))
}
