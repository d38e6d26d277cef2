import { formatMs } from '../../core/duration.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { confidenceIn } from '../confidence.ts'
import { responses } from '../figures.ts'
import { allowedShare } from './counted.ts'
import { judgeLatency, type LatencyPromise, quantileOf, sortedTook } from './latency.ts'
import { tally } from './rule.ts'
import type { Finding, Scene } from './scene.ts'

type IsolatedPromise = Extract<ScenarioPromise, { kind: 'isolated' }>

/** Slower by so little is not slower, whatever the factor: ms. */
const leastRoom = 25

/** What was seen before the fault, and the ordinary promise that follows from it for the time of the fault. */
export interface Frozen {
  p95: number
  /** The most it may have been, by its interval. */
  upper: number
  promise: LatencyPromise
}

/** The bound is frozen before the fault; from then on it is the promise of a quantile. */
export function judgeIsolated(promise: IsolatedPromise, scene: Scene): Finding {
  const frozen = freeze(promise, scene)
  const count = frozen === null ? nothing : tally(frozen.promise, 'during', scene)
  const undecided = (reason: string): Finding => ({
    status: 'undecided',
    reason,
    ...count,
    observed: null,
    interval: null,
    unit: 'ms',
  })
  if (frozen === null) {
    const seen = responses(sortedTook(promise.of, 'before', scene).length)
    return undecided(`${seen} before the fault cannot tell how late its p95 may have been`)
  }
  if (count.responses === 0) return undecided('no response to look at during the fault')
  const found = judgeLatency(frozen.promise, 'during', scene, count)
  const was = `p95 was ${formatMs(frozen.p95)} before the fault, ${formatMs(frozen.upper)} at most`
  return { ...found, reason: `${was}; during it, ${found.reason}` }
}

const nothing = { responses: 0, violations: 0 }

/** `null` where too few answers came before the fault to say how late their p95 may have been. */
export function freeze(promise: IsolatedPromise, scene: Scene): Frozen | null {
  const took = sortedTook(promise.of, 'before', scene)
  const confidence = confidenceIn(scene.scenario, 'before')
  const { observed, interval } = quantileOf(took, allowedShare(promise), confidence)
  if (observed === null || interval === null) return null
  const upper = interval[1]
  const bound = Math.max(promise.factor * upper, observed + leastRoom)
  return { p95: observed, upper, promise: { kind: 'latency', quantile: 'p95', atMost: `${bound}ms`, of: promise.of } }
}
