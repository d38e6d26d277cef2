import { formatMs, ms } from '../../core/duration.ts'
import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { confidenceIn, sureness } from '../confidence.ts'
import { bound, percent, percents, responses, whole } from '../figures.ts'
import { clopperPearson, violationsToBreak, violationsTolerated } from '../interval.ts'
import { allowedShare, statusOf, type Tally, wish } from './counted.ts'
import { forEachLate, forEachOf, neverEndedIn, scopeOf } from './rule.ts'
import type { Finding, Scene } from './scene.ts'

export type LatencyPromise = Extract<ScenarioPromise, { kind: 'latency' }>

/** A quantile is a share: at most 5 % of the responses are later than the p95 bound. */
export function judgeLatency(promise: LatencyPromise, phase: Phase, scene: Scene, count: Tally): Finding {
  const allowed = allowedShare(promise)
  const confidence = confidenceIn(scene.scenario, phase)
  const { observed, interval } = quantileOf(
    sortedTook(promise.of, phase, scene, ms(promise.atMost)),
    allowed,
    confidence,
  )
  const status = statusOf(promise, count, confidence)
  const share = clopperPearson(count.violations, count.responses, confidence)
  const late = percent(count.violations / count.responses, share)
  const reason = [
    `${promise.quantile} was ${observed === null ? 'beyond any answer' : formatMs(observed)}`,
    `${whole(count.violations)} of ${responses(count.responses)} (${late}) had no answer within ${formatMs(ms(promise.atMost))}`,
    `the ${sureness(confidence)} interval ${percents(share)} ${relations[status]} the ${bound(allowed)} allowed`,
  ].join('; ')
  return { status, reason: reason + wish(promise, count, confidence), ...count, observed, interval, unit: 'ms' }
}

const relations = { kept: 'lies below', broken: 'lies above', undecided: 'contains' } as const

/** ms, shortest first; what had no answer or never ended is later than everything. Left out is what came by `limit`. */
export function sortedTook(of: string | undefined, phase: Phase, scene: Scene, limit = Infinity): Float32Array {
  const { samples, classified } = scene
  const concerns = scopeOf(of, scene)
  const lost = neverEndedIn(phase, classified)
  const took = new Float32Array(samples.length + lost).fill(Infinity, 0, lost)
  let length = lost
  const add = (index: number) => {
    if (concerns(index)) took[length++] = samples.error(index) === 0 ? samples.took(index) : Infinity
  }
  forEachOf(phase, classified, add)
  forEachLate(phase, scene, () => limit, add)
  return took.subarray(0, length).sort()
}

/**
 * The quantile that a share of `allowed` exceeds, and an interval that agrees with the verdict to the response: a bound
 * below it is broken, one at or above its upper end is kept. `null` where the end lies beyond any answer.
 */
export function quantileOf(
  sorted: Float32Array,
  allowed: number,
  confidence: number,
): Pick<Finding, 'observed' | 'interval'> {
  const n = sorted.length
  const exceededBy = (count: number) => (count < 0 ? Infinity : (sorted[n - 1 - count] ?? 0))
  const observed = exceededBy(Math.floor(allowed * n))
  const low = exceededBy(violationsToBreak(n, allowed, confidence) - 1)
  const high = exceededBy(violationsTolerated(n, allowed, confidence))
  return {
    observed: Number.isFinite(observed) ? observed : null,
    interval: Number.isFinite(high) ? [low, high] : null,
  }
}
