import type { EdgeName, ServiceName } from '../contract/register.ts'
import type { Condition } from '../contract/condition.ts'
import type { Duration } from '../core/duration.ts'

/** When, counted from the beginning of `during`, a fault comes, and for how long; the whole phase when absent. */
export interface Timing {
  from?: Duration
  for?: Duration
}

/** The condition a fault causes can be overridden where the system makes something else of it. */
export interface FaultOptions extends Timing {
  as?: Condition
}

/** `on` names one edge (`'storefront → comments'`) or a dependency (`'redis'`: every edge into it). */
interface OnEdge extends Readonly<Timing> {
  readonly on: string
  readonly condition: Condition
}

interface OnInstance extends Readonly<Timing> {
  readonly instance: InstanceChoice
  readonly condition: Condition
}

export type Fault =
  | ({ readonly kind: 'down' } & OnEdge)
  | ({ readonly kind: 'flapping'; readonly down: Duration; readonly up: Duration } & OnEdge)
  | ({ readonly kind: 'timeout'; readonly stream: Stream; readonly after: Duration } & OnEdge)
  | ({ readonly kind: 'reset'; readonly after: Duration } & OnEdge)
  | ({ readonly kind: 'latency'; readonly delay: Duration; readonly jitter: Duration } & OnEdge)
  | ({ readonly kind: 'bandwidth'; readonly rate: number } & OnEdge)
  | ({ readonly kind: 'slicer'; readonly size: number; readonly delay: Duration } & OnEdge)
  | ({ readonly kind: 'limitData'; readonly bytes: number } & OnEdge)
  | ({ readonly kind: 'slowClose'; readonly delay: Duration } & OnEdge)
  | ({ readonly kind: 'kill' | 'pause' | 'restart' } & OnInstance)
  | ({ readonly kind: 'surge'; readonly of: string; readonly rate: number } & Readonly<Timing>)

/** An edge, or a dependency: every edge into it. */
export type Target = ServiceName | EdgeName
/** All of a service, or one of its instances: `'storefront'`, `'storefront#2'`. */
export type InstanceName = ServiceName | `${ServiceName}#${number}`

export type EdgeFault = Extract<Fault, { on: string }>
export type InstanceFault = Extract<Fault, { instance: InstanceChoice }>
export type Surge = Extract<Fault, { kind: 'surge' }>

/** `upstream`: requests are hit before the provider sees them; `downstream`: replies are. */
export type Stream = 'upstream' | 'downstream'

/** One of a service's instances, drawn by the seed; or an instance by its id, or all of a service by its name. */
export type InstanceChoice = { readonly one: string } | { readonly id: string }

/** Connections are refused, and those that live are cut. */
export function down(on: Target, options: FaultOptions = {}): Fault {
  return onEdge(on, 'unavailable', options, { kind: 'down' })
}

/** Refused for `down`, let through for `up`, and so on, beginning with `down`. */
export function flapping(on: Target, options: FaultOptions & { down?: Duration; up?: Duration } = {}): Fault {
  const { down: refused = '500ms', up = '500ms' } = options
  return onEdge(on, 'unavailable', options, { kind: 'flapping', down: refused, up })
}

/**
 * A black hole: connections are accepted and nothing comes back. The request is carried out and its reply lost, unless
 * `stream` is `'upstream'`. With `after`, the connection is closed when that long nothing was dropped.
 */
export function timeout(on: Target, options: FaultOptions & { stream?: Stream; after?: Duration } = {}): Fault {
  const { stream = 'downstream', after = '0ms' } = options
  return onEdge(on, 'unavailable', options, { kind: 'timeout', stream, after })
}

/** Connections are reset (RST) at the first reply, `after` a time if given. */
export function reset(on: Target, options: FaultOptions & { after?: Duration } = {}): Fault {
  return onEdge(on, 'unavailable', options, { kind: 'reset', after: options.after ?? '0ms' })
}

/** Replies come late by `delay`, give or take `jitter`. */
export function latency(on: Target, delay: Duration, options: FaultOptions & { jitter?: Duration } = {}): Fault {
  return onEdge(on, 'slow', options, { kind: 'latency', delay, jitter: options.jitter ?? '0ms' })
}

/** Replies come at `rate` kB (1,000 bytes) a second on each connection. */
export function bandwidth(on: Target, rate: number, options: FaultOptions = {}): Fault {
  return onEdge(on, 'slow', options, { kind: 'bandwidth', rate })
}

/** Replies come in slices of about `size` bytes, with `delay` from one to the next. */
export function slicer(on: Target, options: FaultOptions & { size: number; delay: Duration }): Fault {
  return onEdge(on, 'slow', options, { kind: 'slicer', size: options.size, delay: options.delay })
}

/** A connection is closed after `bytes` of replies: answers break off in the middle. */
export function limitData(on: Target, bytes: number, options: FaultOptions = {}): Fault {
  return onEdge(on, 'unavailable', options, { kind: 'limitData', bytes })
}

/** The provider's end of a connection is told to the consumer only after `delay`. */
export function slowClose(on: Target, delay: Duration, options: FaultOptions = {}): Fault {
  return onEdge(on, 'slow', options, { kind: 'slowClose', delay })
}

/** One instance, chosen by the seed. */
export function one(service: ServiceName): InstanceChoice {
  return { one: service }
}

/**
 * SIGKILL to an instance, or to all of a service; undone when they were started again and are ready. Losing one of several
 * is no condition.
 */
export function kill(instance: InstanceChoice | InstanceName, options: FaultOptions = {}): Fault {
  return onInstance('kill', instance, options)
}

/** SIGSTOP: the process is there, its port is open, and it does nothing; undone by SIGCONT. */
export function pause(instance: InstanceChoice | InstanceName, options: FaultOptions = {}): Fault {
  return onInstance('pause', instance, options)
}

/** A restart as a deployment does it: SIGTERM, and a start when it has ended; one instance after the other, each once. */
export function restart(instance: InstanceChoice | InstanceName, options: FaultOptions = {}): Fault {
  return onInstance('restart', instance, options)
}

/** `rate` more arrivals a second of one interaction of the mix: no fault of the system, and yet a test of it. */
export function surge(of: string, options: Timing & { rate: number }): Fault {
  return { kind: 'surge', of, rate: options.rate, ...timingOf(options) }
}

function onEdge<Kind extends object>(on: string, condition: Condition, options: FaultOptions, kind: Kind) {
  return { ...kind, on, condition: options.as ?? condition, ...timingOf(options) }
}

function onInstance(kind: InstanceFault['kind'], choice: InstanceChoice | string, options: FaultOptions): Fault {
  const instance = typeof choice === 'string' ? { id: choice } : choice
  return { kind, instance, condition: options.as ?? 'unavailable', ...timingOf(options) }
}

function timingOf({ from, for: lasting }: Timing): Timing {
  return { ...(from === undefined ? {} : { from }), ...(lasting === undefined ? {} : { for: lasting }) }
}

/** `'down(storefront → comments)'`, `'latency(redis, 300ms ± 50ms)'`, `'kill(one of storefront)'`, with its timing. */
export function describeFault(fault: Fault): string {
  return `${describeKind(fault)}${describeTiming(fault)}`
}

function describeKind(fault: Fault): string {
  switch (fault.kind) {
    case 'down':
      return `down(${fault.on})`
    case 'flapping':
      return `flapping(${fault.on}, ${fault.down} down, ${fault.up} up)`
    case 'timeout':
      return `timeout(${fault.on}${fault.stream === 'upstream' ? ', upstream' : ''})`
    case 'reset':
      return `reset(${fault.on})`
    case 'latency':
      return `latency(${fault.on}, ${fault.delay}${fault.jitter === '0ms' ? '' : ` ± ${fault.jitter}`})`
    case 'bandwidth':
      return `bandwidth(${fault.on}, ${fault.rate} kB/s)`
    case 'slicer':
      return `slicer(${fault.on}, ${fault.size} bytes every ${fault.delay})`
    case 'limitData':
      return `limitData(${fault.on}, ${fault.bytes} bytes)`
    case 'slowClose':
      return `slowClose(${fault.on}, ${fault.delay})`
    case 'kill':
    case 'pause':
    case 'restart':
      return `${fault.kind}(${'one' in fault.instance ? `one of ${fault.instance.one}` : fault.instance.id})`
    case 'surge':
      return `surge(${fault.of}, ${fault.rate}/s more)`
  }
}

/** `' from 1s for 2s'`, or nothing. */
export function describeTiming({ from, for: lasting }: Timing): string {
  return `${from === undefined ? '' : ` from ${from}`}${lasting === undefined ? '' : ` for ${lasting}`}`
}
