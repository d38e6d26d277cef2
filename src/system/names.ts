import { isRecord } from '../contract/place.ts'
import type { Environment, ServiceDefinition, System, Variant } from './define.ts'
import { environmentsOf, referredTo } from './environment.ts'
import { edgeName } from './topology.ts'

/** What users may name of a system, before any port is chosen. */
export interface SystemNames {
  services: string[]
  /** `'storefront → comments'` for each reference in an environment. */
  edges: { name: string; consumer: string; provider: string }[]
  /** `'auth'`, or `'storefront#1'` where there are several. */
  instances: { id: string; service: string }[]
  /** Services that are a Redis. */
  redis: string[]
  /** Services that are ready as soon as their port is open: nobody asks them anything. */
  tcp: string[]
  states: string[]
  variants: string[]
}

/**
 * Edges are those of the environments with these variants laid on them; unknown variants are passed over, and so is
 * whatever has not the form it should have: `validateSystem` says so.
 */
export function namesOf(written: System, variants: readonly string[] = []): SystemNames {
  const system = readable(written)
  const services = Object.keys(system.services)
  const pairs = new Map<string, SystemNames['edges'][number]>()
  const instances: SystemNames['instances'] = []
  const known = variants.filter((variant) => Object.hasOwn(system.variants ?? {}, variant))
  for (const [consumer, settings] of environmentsOf(system, known)) {
    // A reference to nothing is a problem of the system, and no edge.
    for (const provider of [...referredTo(settings)].filter((name) => services.includes(name))) {
      const name = edgeName(consumer, provider)
      pairs.set(name, { name, consumer, provider })
    }
  }
  for (const [consumer, service] of Object.entries(system.services)) {
    const replicas = service.kind === 'program' && Number.isInteger(service.replicas) ? (service.replicas ?? 1) : 1
    for (let number = 1; number <= replicas; number++) {
      instances.push({ id: replicas === 1 ? consumer : `${consumer}#${number}`, service: consumer })
    }
  }
  return {
    services,
    edges: [...pairs.values()],
    instances,
    redis: services.filter((name) => system.services[name]?.kind === 'redis'),
    tcp: services.filter((name) => isTcp(system.services[name])),
    states: Object.keys(system.states ?? {}),
    variants: Object.keys(system.variants ?? {}),
  }
}

function isTcp(service: ServiceDefinition | undefined): boolean {
  return service?.kind === 'program' && (service.ready === undefined || service.ready?.kind === 'tcp')
}

/** The parts of a system that can be read: a config may be plain JavaScript. */
function readable(system: System): System {
  return {
    ...system,
    services: mapRecord(system.services, (service): ServiceDefinition => {
      if (!isRecord(service)) return { kind: 'program', command: [] }
      return { ...service, env: environment(service['env']) } as unknown as ServiceDefinition
    }),
    variants: mapRecord(system.variants, (overlay): Variant => mapRecord(overlay, environment)),
  }
}

function environment(env: unknown): Environment {
  return mapRecord(env, (value) => value ?? '') as Environment
}

function mapRecord<To>(value: unknown, change: (part: unknown) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(isRecord(value) ? value : {}).map(([name, part]) => [name, change(part)]))
}
