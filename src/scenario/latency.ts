import type { Duration } from '../core/duration.ts'
import { type Fault, latency as latencyFault, type Target } from '../fault/vocabulary.ts'
import { latency as latencyPromise, type Quantile, type ScenarioPromise } from './promise.ts'

type FaultOptions = Parameters<typeof latencyFault>[2]
type PromiseScope = Parameters<typeof latencyPromise>[1]

/**
 * The field calls two things latency, and so do we. With a delay it is the fault: `latency('redis', '300ms')`. With a
 * quantile it is the promise: `latency('p95').atMost('600ms')`.
 */
export function latency(quantile: Quantile, scope?: PromiseScope): { atMost(bound: Duration): ScenarioPromise }
export function latency(on: Target, delay: Duration, options?: FaultOptions): Fault
export function latency(subject: Target | Quantile, second?: Duration | PromiseScope, options?: FaultOptions) {
  return typeof second === 'string'
    ? latencyFault(subject as Target, second, options)
    : latencyPromise(subject as Quantile, second)
}
