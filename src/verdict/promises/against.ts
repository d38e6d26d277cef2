import { ms } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { codesOfPhase } from '../classify.ts'
import type { CountedPromise } from './counted.ts'
import { freeze } from './isolated.ts'
import { normalPromises } from './recovers.ts'
import { forEachLate, ruleOf } from './rule.ts'
import type { Scene } from './scene.ts'

/** Whether a sample, named by its index, is one that counts against the promise. */
export function against(promise: ScenarioPromise, phase: Phase, scene: Scene): (index: number) => boolean {
  switch (promise.kind) {
    case 'share':
    case 'none':
    case 'latency':
      return againstCounted(promise, phase, scene)
    case 'isolated': {
      const frozen = freeze(promise, scene)
      return frozen === null ? () => false : againstCounted(frozen.promise, 'during', scene)
    }
    case 'recovers': {
      const rules = normalPromises(scene.scenario.promises.before).map((each) => ruleOf(each, scene))
      const due = scene.classified.timeline.undone + ms(promise.within)
      const inside = inPhase('after', scene)
      return (index) =>
        inside(index) &&
        scene.samples.sentAt(index) >= due &&
        rules.some((rule) => rule.concerns(index) && rule.violatedBy(index))
    }
    // Of these no single response is the culprit.
    case 'amplification':
    case 'eventually':
    case 'never':
    case 'threshold':
      return () => false
  }
}

function againstCounted(promise: CountedPromise, phase: Phase, scene: Scene): (index: number) => boolean {
  const rule = ruleOf(promise, scene)
  const inside = inPhase(phase, scene)
  const late = new Set<number>()
  if (promise.kind === 'latency')
    forEachLate(
      phase,
      scene,
      () => ms(promise.atMost),
      (index) => late.add(index),
    )
  return (index) => rule.concerns(index) && (late.has(index) || (inside(index) && rule.violatedBy(index)))
}

function inPhase(phase: Phase, { classified: { codes } }: Scene): (index: number) => boolean {
  const [first, last] = codesOfPhase(phase)
  return (index) => first <= (codes[index] as number) && (codes[index] as number) <= last
}
