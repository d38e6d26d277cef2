import type { Condition } from '../contract/condition.ts'
import type { Duration } from '../core/duration.ts'

/** The condition a fault causes can be overridden where the system makes something else of it. */
interface FaultOptions {
  as?: Condition
}

/** `on` names one edge (`'storefront → comments'`) or a dependency (`'redis'`: every edge into it). */
interface OnEdge {
  readonly on: string
  readonly condition: Condition
}

export type Fault =
  | ({ readonly kind: 'down' } & OnEdge)
  | ({ readonly kind: 'timeout'; readonly stream: Stream; readonly after: Duration } & OnEdge)
  | ({ readonly kind: 'reset'; readonly after: Duration } & OnEdge)
  | ({ readonly kind: 'latency'; readonly delay: Duration; readonly jitter: Duration } & OnEdge)
  | { readonly kind: 'kill'; readonly instance: InstanceChoice; readonly condition: Condition }

/** `upstream`: requests are hit before the provider sees them; `downstream`: replies are. */
export type Stream = 'upstream' | 'downstream'

export type InstanceChoice = { readonly one: string } | { readonly id: string }

/** Connections are refused, and those that live are cut. */
export function down(on: string, options: FaultOptions = {}): Fault {
  return { kind: 'down', on, condition: options.as ?? 'unavailable' }
}

/**
 * A black hole: connections are accepted and nothing comes back. The request is carried out and its reply lost, unless
 * `stream` is `'upstream'`. With `after`, the connection is closed when that long nothing was dropped.
 */
export function timeout(on: string, options: FaultOptions & { stream?: Stream; after?: Duration } = {}): Fault {
  return {
    kind: 'timeout',
    on,
    stream: options.stream ?? 'downstream',
    after: options.after ?? '0ms',
    condition: options.as ?? 'unavailable',
  }
}

/** Connections are reset (RST) at the first reply, `after` a time if given. */
export function reset(on: string, options: FaultOptions & { after?: Duration } = {}): Fault {
  return { kind: 'reset', on, after: options.after ?? '0ms', condition: options.as ?? 'unavailable' }
}

/** Replies come late by `delay`, give or take `jitter`. */
export function latency(on: string, delay: Duration, options: FaultOptions & { jitter?: Duration } = {}): Fault {
  return { kind: 'latency', on, delay, jitter: options.jitter ?? '0ms', condition: options.as ?? 'slow' }
}

/** One instance, chosen by the seed. */
export function one(service: string): InstanceChoice {
  return { one: service }
}

/** SIGKILL to an instance; undone when it was started again and is ready. Losing one of several is no condition. */
export function kill(instance: InstanceChoice | string, options: FaultOptions = {}): Fault {
  return {
    kind: 'kill',
    instance: typeof instance === 'string' ? { id: instance } : instance,
    condition: options.as ?? 'unavailable',
  }
}

/** `'down(storefront → comments)'`, `'latency(redis, 300ms ± 50ms)'`, `'kill(one of storefront)'` */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'down':
      return `down(${fault.on})`
    case 'timeout':
      return `timeout(${fault.on}${fault.stream === 'upstream' ? ', upstream' : ''})`
    case 'reset':
      return `reset(${fault.on})`
    case 'latency':
      return `latency(${fault.on}, ${fault.delay}${fault.jitter === '0ms' ? '' : ` ± ${fault.jitter}`})`
    case 'kill':
      return `kill(${'one' in fault.instance ? `one of ${fault.instance.one}` : fault.instance.id})`
  }
}
