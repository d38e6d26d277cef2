import type { Quantile, ScenarioPromise } from '../../scenario/promise.ts'
import { responses as responsesText } from '../figures.ts'
import { clopperPearson, responsesToKeep } from '../interval.ts'
import type { PromiseStatus } from '../verdict.ts'

/** A promise that allows a share of its responses to violate it: a quantile is a share too. */
export type CountedPromise = Extract<ScenarioPromise, { kind: 'share' | 'none' | 'latency' }>

export interface Tally {
  responses: number
  violations: number
}

export function isCounted(promise: ScenarioPromise): promise is CountedPromise {
  return promise.kind === 'share' || promise.kind === 'none' || promise.kind === 'latency'
}

const violators: Record<Quantile, number> = { p50: 0.5, p75: 0.25, p90: 0.1, p95: 0.05, p99: 0.01 }

/** The share of violations that a promise allows; isolation is a p95 whose bound is found out on the way. */
export function allowedShare(promise: CountedPromise | Extract<ScenarioPromise, { kind: 'isolated' }>): number {
  switch (promise.kind) {
    case 'share':
      return promise.bound === 'atMost' ? promise.value : 1 - promise.value
    case 'latency':
      return violators[promise.quantile]
    case 'isolated':
      return violators.p95
    case 'none':
      return 0
  }
}

/** Kept when the whole interval keeps the bound, broken when the whole interval breaks it; `none` is a census. */
export function statusOf(promise: CountedPromise, { responses, violations }: Tally, confidence: number): PromiseStatus {
  if (responses === 0) return 'undecided'
  if (promise.kind === 'none') return violations === 0 ? 'kept' : 'broken'
  const [low, high] = clopperPearson(violations, responses, confidence)
  const allowed = allowedShare(promise)
  if (high <= allowed) return 'kept'
  return low > allowed ? 'broken' : 'undecided'
}

/** For a reason: what would have been enough, where more of the same could be. */
export function wish(promise: CountedPromise, count: Tally, confidence: number): string {
  const allowed = allowedShare(promise)
  if (statusOf(promise, count, confidence) !== 'undecided' || count.violations >= allowed * count.responses) return ''
  const enough = responsesToKeep(allowed, count.violations, confidence)
  return `; ${responsesText(enough)} without a further violation would keep it`
}
