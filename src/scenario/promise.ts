import type { Duration } from '../core/duration.ts'

/** What a response turned out to be; see docs/responses.md. */
export const responseClasses = ['full', 'reduced', 'refused', 'broken'] as const
export type ResponseClass = (typeof responseClasses)[number]

export type Quantile = 'p50' | 'p75' | 'p90' | 'p95' | 'p99'

/** Which responses a promise looks at: one interaction of the mix, or all when absent. */
interface Scope {
  of?: string
}

export type ScenarioPromise =
  | ({
      readonly kind: 'share'
      readonly class: ResponseClass
      readonly bound: 'atLeast' | 'atMost'
      readonly value: number
    } & Readonly<Scope>)
  | ({ readonly kind: 'none'; readonly class: ResponseClass } & Readonly<Scope>)
  | ({ readonly kind: 'latency'; readonly quantile: Quantile; readonly atMost: Duration } & Readonly<Scope>)
  | { readonly kind: 'amplification'; readonly edge: string; readonly atMost: number }
  | { readonly kind: 'recovers'; readonly within: Duration }

/** The share of responses of a class, as a fraction: `share('full').atLeast(0.99)`. */
export function share(responseClass: ResponseClass, scope: Scope = {}) {
  const promise = (bound: 'atLeast' | 'atMost', value: number): ScenarioPromise => ({
    kind: 'share',
    class: responseClass,
    bound,
    value,
    ...scope,
  })
  return { atLeast: (value: number) => promise('atLeast', value), atMost: (value: number) => promise('atMost', value) }
}

/** Not one response of a class. A census: it says what was observed. */
export function none(responseClass: ResponseClass, scope: Scope = {}): ScenarioPromise {
  return { kind: 'none', class: responseClass, ...scope }
}

/** `latency('p95').atMost('600ms')`: at most 5 % of the responses are later; no answer is later than any bound. */
export function latency(quantile: Quantile, scope: Scope = {}) {
  return { atMost: (bound: Duration): ScenarioPromise => ({ kind: 'latency', quantile, atMost: bound, ...scope }) }
}

/** Requests that cross an edge per response of the workload, during the fault, as a multiple of the same before it. */
export function amplification(edge: string) {
  return { atMost: (factor: number): ScenarioPromise => ({ kind: 'amplification', edge, atMost: factor }) }
}

/** After the faults are undone, the `before` promises hold again within this time, and to the end. */
export function recovers(options: { within: Duration }): ScenarioPromise {
  return { kind: 'recovers', within: options.within }
}

/** The user's own words, for reports: `share('full') at least 99 %`. */
export function describePromise(promise: ScenarioPromise): string {
  const of = 'of' in promise && promise.of ? ` of "${promise.of}"` : ''
  switch (promise.kind) {
    case 'share':
      return `share of ${promise.class}${of} ${promise.bound === 'atLeast' ? 'at least' : 'at most'} ${Number((promise.value * 100).toFixed(4))} %`
    case 'none':
      return `no ${promise.class} response${of}`
    case 'latency':
      return `${promise.quantile}${of} at most ${promise.atMost}`
    case 'amplification':
      return `amplification of ${promise.edge} at most ${promise.atMost}`
    case 'recovers':
      return `recovers within ${promise.within}`
  }
}
