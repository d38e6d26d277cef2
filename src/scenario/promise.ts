import type { EdgeName, InteractionName } from '../contract/register.ts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Duration } from '../core/duration.ts'
import type { Threshold } from '../load/script.ts'

/** What a response turned out to be; see docs/responses.md. */
export const responseClasses = ['full', 'reduced', 'refused', 'broken'] as const
export type ResponseClass = (typeof responseClasses)[number]

export type Quantile = 'p50' | 'p75' | 'p90' | 'p95' | 'p99'

/** Which responses a promise looks at: one interaction of the mix, or all when absent. */
interface Scope {
  of?: string
}

/** A question to a service, asked beside the load: by its door, or at one instance. */
export interface HttpProbe {
  readonly service: string
  readonly path: string
  /** The status of an answer that counts; any 2xx when absent. */
  readonly status?: number
}

/** What a record knows of a promise: plain data. */
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
  | { readonly kind: 'isolated'; readonly of: string; readonly factor: number }
  | ({ readonly kind: 'eventually'; readonly within?: Duration } & ProbePart)
  | ({ readonly kind: 'never' } & ProbePart)
  | ({ readonly kind: 'threshold' } & Readonly<Threshold>)

interface ProbePart {
  /** What is to come true, or never to: `'no order was lost'`. */
  readonly label: string
  readonly probe: HttpProbe
}

/** A promise as it is written: that of a probe comes with a schema, which is code and stays out of records. */
export type WrittenPromise =
  | ScenarioPromise
  | (Extract<ScenarioPromise, ProbePart> & { readonly holds: StandardSchemaV1 })

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
export function amplification(edge: EdgeName) {
  return { atMost: (factor: number): ScenarioPromise => ({ kind: 'amplification', edge, atMost: factor }) }
}

/** After the faults are undone, the `before` promises hold again within this time, and to the end. */
export function recovers(options: { within: Duration }): ScenarioPromise {
  return { kind: 'recovers', within: options.within }
}

/**
 * The p95 of an interaction stays what it was before the fault: at most `factor` times (2 unless said otherwise), or 25 ms
 * more. The bound is frozen before the fault.
 */
export function isolated(of: InteractionName, options: { factor?: number } = {}): ScenarioPromise {
  return { kind: 'isolated', of, factor: options.factor ?? 2 }
}

/** `get('orders', '/effects')`: a GET that Brownout itself sends; `status` when another answer than a 2xx is wanted. */
export function get(service: string, path: string, options: { status?: number } = {}): HttpProbe {
  return { service, path, ...options }
}

/** The answer comes to fit the schema within a time after the phase began; within the phase unless said otherwise. */
export function eventually(
  label: string,
  probe: HttpProbe,
  holds: StandardSchemaV1,
  options: { within?: Duration } = {},
): WrittenPromise {
  return { kind: 'eventually', label, probe, holds, ...options }
}

/** The answer fits the schema at no time of the phase. A census: it says how often it was asked. */
export function never(label: string, probe: HttpProbe, holds: StandardSchemaV1): WrittenPromise {
  return { kind: 'never', label, probe, holds }
}

/** What the user's own k6 script demands in its options; k6 looks at all that the script sent, whatever the phase. */
export function threshold({ metric, expression }: Threshold): ScenarioPromise {
  return { kind: 'threshold', metric, expression }
}

/** The user's own words, for reports: `share('full') at least 99 %`. */
export function describePromise(promise: ScenarioPromise): string {
  const of = promise.kind !== 'isolated' && 'of' in promise && promise.of ? ` of "${promise.of}"` : ''
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
    case 'isolated':
      return `${promise.of} is isolated${promise.factor === 2 ? '' : `, up to ${promise.factor} times as slow`}`
    case 'eventually':
      return `eventually ${promise.label}${promise.within === undefined ? '' : ` within ${promise.within}`}`
    case 'never':
      return `never ${promise.label}`
    case 'threshold':
      return `k6 threshold ${promise.metric} ${promise.expression}`
  }
}
