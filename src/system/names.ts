import type { System } from './define.ts'
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

export function namesOf(system: System): SystemNames {
  const services = Object.keys(system.services)
  const pairs = new Map<string, SystemNames['edges'][number]>()
  const instances: SystemNames['instances'] = []
  for (const [consumer, service] of Object.entries(system.services)) {
    const env = service.kind === 'program' ? Object.values(service.env ?? {}) : []
    for (const value of env) {
      // A reference to nothing is a problem of the system, and no edge.
      if (typeof value === 'string' || value.reference === 'own' || !services.includes(value.service)) continue
      const name = edgeName(consumer, value.service)
      pairs.set(name, { name, consumer, provider: value.service })
    }
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
