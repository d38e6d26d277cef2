import type { System } from './define.ts'
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
  states: string[]
  variants: string[]
}

/** Edges are those of the environments with these variants laid on them; unknown variants are passed over. */
export function namesOf(system: System, variants: readonly string[] = []): SystemNames {
  const services = Object.keys(system.services)
  const pairs = new Map<string, SystemNames['edges'][number]>()
  const instances: SystemNames['instances'] = []
  const known = variants.filter((variant) => system.variants?.[variant])
  for (const [consumer, environment] of environmentsOf(system, known)) {
    // A reference to nothing is a problem of the system, and no edge.
    for (const provider of [...referredTo(environment)].filter((name) => services.includes(name))) {
      const name = edgeName(consumer, provider)
      pairs.set(name, { name, consumer, provider })
    }
  }
  for (const [consumer, service] of Object.entries(system.services)) {
    const replicas = service.kind === 'program' ? (service.replicas ?? 1) : 1
    for (let number = 1; number <= replicas; number++) {
      instances.push({ id: replicas === 1 ? consumer : `${consumer}#${number}`, service: consumer })
    }
  }
  return {
    services,
    edges: [...pairs.values()],
    instances,
    redis: services.filter((name) => system.services[name]?.kind === 'redis'),
    states: Object.keys(system.states ?? {}),
    variants: Object.keys(system.variants ?? {}),
  }
}
