import type { Row } from '../contract/define.ts'
import type { Duration } from '../core/duration.ts'
import type { GatePolicy } from './policy.ts'

/** A place in a service's environment that is filled when the system starts. A reference to another service *is* an edge. */
export type EnvReference =
  | { readonly reference: 'url' | 'host' | 'port'; readonly service: string; readonly separator?: string }
  | { readonly reference: 'own'; readonly what: 'port' | 'host' | 'name' | 'folder' }

export type Environment = Readonly<Record<string, string | EnvReference>>

/** `http://127.0.0.1:4100`. Replicas are joined by `separator` (a comma unless said otherwise). */
export function url(service: string, options: { separator?: string } = {}): EnvReference {
  return { reference: 'url', service, ...options }
}
/** `127.0.0.1` */
export function host(service: string): EnvReference {
  return { reference: 'host', service }
}
/** `4100` */
export function port(service: string): EnvReference {
  return { reference: 'port', service }
}
/**
 * The service's own port, host, instance name (`storefront#1`), or folder: empty when a run begins, kept through restarts.
 */
export function own(what: 'port' | 'host' | 'name' | 'folder'): EnvReference {
  return { reference: 'own', what }
}

/** How we know that an instance works: at start, after a restart, and through an edge as Brownout's canary. */
export type Probe =
  | { readonly kind: 'http'; readonly path: string }
  | { readonly kind: 'redis' }
  | { readonly kind: 'tcp' }

/** A `GET` that answers 2xx. */
export function http(path: string): Probe {
  return { kind: 'http', path }
}

interface ServiceOptions {
  env?: Environment
  /** Number of instances, 1 unless said otherwise. */
  replicas?: number
  /** Fixed port of the (single) instance; one is chosen when absent. */
  port?: number
  /** An open TCP port unless said otherwise. */
  ready?: Probe
  /** Longest time from start to ready, `'20s'` unless said otherwise. */
  readyWithin?: Duration
}

export type ServiceDefinition =
  | ({
      readonly kind: 'program'
      readonly command: readonly string[]
      readonly cwd?: string
    } & Readonly<ServiceOptions>)
  | ({ readonly kind: 'redis' } & Readonly<Pick<ServiceOptions, 'port' | 'readyWithin'>>)

/** A service that is started by a command; relative to the folder of the config file. */
export function program(
  command: readonly string[],
  options: ServiceOptions & { cwd?: string } = {},
): ServiceDefinition {
  return { kind: 'program', command, ...options }
}

/** A service in JavaScript or TypeScript, started by the same Node that runs Brownout. */
export function node(file: string, options: ServiceOptions & { cwd?: string } = {}): ServiceDefinition {
  return { kind: 'program', command: [process.execPath, file], ...options }
}

/** A Redis of the engines' choosing: the machine's `redis-server`, or Brownout's stand-in where there is none. */
export function redis(options: Pick<ServiceOptions, 'port' | 'readyWithin'> = {}): ServiceDefinition {
  return { kind: 'redis', ...options }
}

/** What a provider state may use. */
export interface StateContext {
  /** Base address of a service, by the way the workload takes. */
  url(service: string): string
}

/** Sets a provider state up, and yields one row of values, several, or none. */
export type StateHandler = (context: StateContext) => Promise<Row | readonly Row[] | void>

/** A named overlay of environment: `{ auth: { DEFECTS: 'awaits-redis' } }`. */
export type Variant = Readonly<Record<string, Environment>>

export interface SystemDefinition<Service extends string = string> {
  name: string
  services: Readonly<Record<Service, ServiceDefinition>>
  /** Where a workload for a provider goes in, when not at the provider itself: `{ storefront: 'balancer' }`. */
  doors?: Readonly<Record<string, string>>
  /** Handlers of the provider states that contracts name in `given`. */
  states?: Readonly<Record<string, StateHandler>>
  variants?: Readonly<Record<string, Variant>>
  /** What the gate makes of a report. */
  gate?: GatePolicy
  /** Names of JSON fields and headers that are masked before anything reaches the disk, besides the usual ones. */
  redact?: readonly string[]
}

export interface System<Service extends string = string> extends Readonly<SystemDefinition<Service>> {
  readonly kind: 'system'
}

/** The services of a system and, by their environment, the edges between them. Default export of `brownout.config.ts`. */
export function defineSystem<const Service extends string>(definition: SystemDefinition<Service>): System<Service> {
  return Object.freeze({ kind: 'system', ...definition })
}
