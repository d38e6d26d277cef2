import type { Phase } from '../../scenario/define.ts'
import { amount } from '../figures.ts'
import { patienceIn } from '../patience.ts'
import { allowedShare, type CountedPromise } from './counted.ts'
import { forEachLate, ruleOf } from './rule.ts'
import type { Finding, Scene } from './scene.ts'

/**
 * What hangs until the fault goes is left out of all shares, since it may answer as if nothing had been. But where more hung
 * than the promise allows to be broken, nobody knows what they would have been: then it is not kept.
 */
export function withReleased(found: Finding, promise: CountedPromise, phase: Phase, scene: Scene): Finding {
  const { concerns, violatedByNoEnd } = ruleOf(promise, scene)
  if (found.status !== 'kept' || promise.kind === 'latency' || !violatedByNoEnd) return found
  const patience = patienceIn(scene.terms)
  let released = 0
  forEachLate(
    phase,
    scene,
    (interaction) => patience.get(interaction) ?? Infinity,
    (index) => {
      if (concerns(index)) released++
    },
  )
  if (released <= allowedShare(promise) * ((found.responses ?? 0) + released)) return found
  const hung = `${amount(released, 'more response')} hung until the faults changed`
  return { ...found, status: 'undecided', reason: `${hung}; ${found.reason}` }
}
