import type { CountedPromise, Tally } from './counted.ts'
import { forEachOf, neverEndedIn, ruleOf } from './rule.ts'
import type { Scene } from './scene.ts'

/** Times after the fault was undone are told apart to this many ms. */
export const gridMs = 100

/**
 * For each step of the grid: the responses of `after` that were sent from then on, to the end. One pass over the samples
 * and one over the steps. Arrivals that never ended may have been sent at any time: they are in every tail.
 */
export function tailsOf(promise: CountedPromise, scene: Scene): Tally[] {
  const { samples, classified } = scene
  const { concerns, violatedBy, violatedByNoEnd } = ruleOf(promise, scene)
  const tails: Tally[] = []
  const at = (step: number) => {
    while (tails.length <= step) tails.push({ responses: 0, violations: 0 })
    return tails[step] as Tally
  }
  forEachOf('after', classified, (index) => {
    if (!concerns(index)) return
    const tail = at(Math.floor((samples.sentAt(index) - classified.timeline.undone) / gridMs))
    tail.responses++
    if (violatedBy(index)) tail.violations++
  })
  const lost = neverEndedIn('after', classified)
  if (lost > 0) {
    const last = at(Math.max(0, tails.length - 1))
    last.responses += lost
    last.violations += violatedByNoEnd ? lost : 0
  }
  for (let step = tails.length - 2; step >= 0; step--) {
    at(step).responses += at(step + 1).responses
    at(step).violations += at(step + 1).violations
  }
  return tails
}
