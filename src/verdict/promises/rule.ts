import { normalKey } from '../../contract/terms.ts'
import { ms } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ResponseClass } from '../../scenario/promise.ts'
import { classOfCode, type Classified, codesOfPhase } from '../classify.ts'
import type { CountedPromise, Tally } from './counted.ts'
import type { Scene } from './scene.ts'

/** How a promise reads a sample, named by its index. */
export interface Rule {
  concerns(index: number): boolean
  violatedBy(index: number): boolean
  /** Whether an arrival that never ended counts against it. */
  violatedByNoEnd: boolean
}

export function ruleOf(promise: CountedPromise, scene: Scene): Rule {
  const { samples, classified } = scene
  const concerns = scopeOf(promise.of, scene)
  if (promise.kind === 'latency') {
    const limit = ms(promise.atMost)
    return {
      concerns,
      violatedBy: (index) => samples.error(index) !== 0 || samples.took(index) > limit,
      violatedByNoEnd: true,
    }
  }
  const wanted = promise.kind === 'share' && promise.bound === 'atLeast'
  const violates = (name: ResponseClass | null) => (name === promise.class) !== wanted
  return {
    concerns,
    violatedBy: (index) => violates(classOfCode(classified.codes[index] as number)),
    violatedByNoEnd: violates('broken'),
  }
}

/** Whether a sample belongs to the interaction of that name; all do when there is none. */
export function scopeOf(of: string | undefined, { terms, samples }: Scene): (index: number) => boolean {
  if (of === undefined) return () => true
  const id = terms.interactions.find(({ key }) => key === normalKey(of))?.id
  return (index) => samples.interaction(index) === id
}

/** Visits the samples of a phase in the order they were sent; those left out are not among them. */
export function forEachOf(phase: Phase, { codes }: Classified, visit: (index: number) => void): void {
  const [first, last] = codesOfPhase(phase)
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as number
    if (code >= first && code <= last) visit(index)
  }
}

/**
 * Visits the responses that are left out of a phase, and were by then under way for longer than `limitOf` allows their
 * interaction: without an answer when a fault was about to go, they had none in time while it was there.
 */
export function forEachLate(
  phase: Phase,
  { samples, classified: { waited } }: Scene,
  limitOf: (interaction: number) => number,
  visit: (index: number) => void,
): void {
  if (phase !== 'during') return
  for (const [index, waitedMs] of waited) if (waitedMs > limitOf(samples.interaction(index))) visit(index)
}

/** An arrival that never ended may have been of any interaction, so every promise of its phase counts it. */
export function neverEndedIn(phase: Phase, { neverEnded }: Classified): number {
  return neverEnded.phase === phase ? neverEnded.count : 0
}

export function tally(promise: CountedPromise, phase: Phase, scene: Scene): Tally {
  const { concerns, violatedBy, violatedByNoEnd } = ruleOf(promise, scene)
  let responses = neverEndedIn(phase, scene.classified)
  let violations = violatedByNoEnd ? responses : 0
  forEachOf(phase, scene.classified, (index) => {
    if (!concerns(index)) return
    responses++
    if (violatedBy(index)) violations++
  })
  if (promise.kind === 'latency') {
    const limit = ms(promise.atMost)
    forEachLate(
      phase,
      scene,
      () => limit,
      (index) => {
        if (!concerns(index)) return
        responses++
        violations++
      },
    )
  }
  return { responses, violations }
}
