import { ms } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { codesOfPhase } from '../classify.ts'
import { normalPromises } from './recovers.ts'
import { ruleOf } from './rule.ts'
import type { Scene } from './scene.ts'

/** Whether a sample, named by its index, is one that counts against the promise. */
export function against(promise: ScenarioPromise, phase: Phase, scene: Scene): (index: number) => boolean {
  const { samples, classified } = scene
  const inPhase = (name: Phase) => {
    const [first, last] = codesOfPhase(name)
    return (index: number) =>
      first <= (classified.codes[index] as number) && (classified.codes[index] as number) <= last
  }
  switch (promise.kind) {
    case 'share':
    case 'none':
    case 'latency': {
      const rule = ruleOf(promise, scene)
      const inside = inPhase(phase)
      return (index) => inside(index) && rule.concerns(index) && rule.violatedBy(index)
    }
    case 'recovers': {
      const rules = normalPromises(scene).map((each) => ruleOf(each, scene))
      const due = classified.timeline.undone + ms(promise.within)
      const inside = inPhase('after')
      return (index) =>
        inside(index) &&
        samples.sentAt(index) >= due &&
        rules.some((rule) => rule.concerns(index) && rule.violatedBy(index))
    }
    case 'amplification':
      return () => false
  }
}
