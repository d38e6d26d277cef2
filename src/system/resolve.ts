import { join, resolve } from 'node:path'
import { ms } from '../core/duration.ts'
import type { ServiceDefinition, System } from './define.ts'
import { environmentsOf, fillEnvironment, referredTo } from './environment.ts'
import { namesOf } from './names.ts'
import { orderByNeed } from './order.ts'
import { type Address, type Edge, edgeName, formatAddress, type Instance } from './topology.ts'

const loopback = '127.0.0.1'

export interface PlannedInstance extends Instance {
  kind: 'program' | 'redis'
  /** Empty for a Redis: the engines know how to start one. */
  command: string[]
  cwd: string
  /** The whole environment of the process. */
  env: Record<string, string>
  /** Its own, made when it is started. */
  folder: string
  readyWithinMs: number
}

/** A system with every address chosen. */
export interface Topology {
  name: string
  /** In order of need: providers first, cycles broken by name. */
  instances: PlannedInstance[]
  edges: Edge[]
}

export interface ResolveOptions {
  /** Names of the overlays in force; a later one outranks an earlier one. */
  variants: readonly string[]
  /** Chooses ports nobody listens on; called once. */
  ports: (count: number) => Promise<number[]>
  /** Whether services are handed the addresses of proxies, or those of each other. */
  proxied: boolean
  /** Folder of the config file. */
  folder: string
  /** Where each instance has a folder of its own. */
  data: string
}

/**
 * Turns a valid system into instances with addresses and the edges between them. Rejects when a variant is unknown.
 * Without proxies, an edge's `proxy` and `tap` are the provider's own address.
 */
export async function resolveTopology(system: System, options: ResolveOptions): Promise<Topology> {
  const { folder, data, proxied } = options
  const environments = environmentsOf(system, options.variants)
  const needs = new Map([...environments].map(([service, environment]) => [service, referredTo(environment)]))
  const copies = namesOf(system).instances
  const pairs = [...needs].flatMap(([consumer, providers]) =>
    copies.filter(({ service }) => providers.has(service)).map((provider) => ({ consumer, provider })),
  )
  const free = copies.filter(({ service }) => system.services[service]?.port === undefined)
  const ports = (await options.ports(free.length + (proxied ? 2 * pairs.length : 0))).values()
  const nextAddress = (): Address => ({ host: loopback, port: ports.next().value as number })

  const addresses = new Map(
    copies.map(({ id, service }) => {
      const port = system.services[service]?.port
      return [id, port === undefined ? nextAddress() : { host: loopback, port }]
    }),
  )
  const addressOf = (id: string) => addresses.get(id) as Address
  const edges = pairs.map(({ consumer, provider }): Edge => {
    const upstream = addressOf(provider.id)
    return {
      id: edgeName(consumer, provider.id),
      consumer,
      provider: provider.service,
      instance: provider.id,
      proxy: proxied ? nextAddress() : upstream,
      tap: proxied ? nextAddress() : upstream,
      upstream,
    }
  })
  const instances = orderByNeed([...needs.keys()], needs).flatMap((service) =>
    copies
      .filter((copy) => copy.service === service)
      .map(({ id }): PlannedInstance => {
        const address = addressOf(id)
        const own = join(data, id)
        const env = fillEnvironment(environments.get(service) ?? {}, {
          own: { ...address, name: id, folder: own },
          addressesOf: (provider) =>
            edges.filter((edge) => edge.consumer === service && edge.provider === provider).map(({ proxy }) => proxy),
          schemeOf: (provider) => (system.services[provider]?.kind === 'redis' ? 'redis' : 'http'),
        })
        const start = howToStart(system.services[service] as ServiceDefinition, folder)
        return { id, service, ...address, ...start, env, folder: own }
      }),
  )
  return { name: system.name, instances, edges }
}

function howToStart(
  service: ServiceDefinition,
  folder: string,
): Pick<PlannedInstance, 'kind' | 'probe' | 'command' | 'cwd' | 'readyWithinMs'> {
  const { kind } = service
  const readyWithinMs = ms(service.readyWithin ?? '20s')
  if (kind === 'redis') return { kind, probe: { kind: 'redis' }, command: [], cwd: folder, readyWithinMs }
  const { ready: probe = { kind: 'tcp' }, command, cwd = '.' } = service
  return { kind, probe, command: [...command], cwd: resolve(folder, cwd), readyWithinMs }
}

/** Instances that can be started side by side, one group after the other. */
export function levels({ instances, edges }: Topology): PlannedInstance[][] {
  const levelOf = new Map<string, number>()
  const groups: PlannedInstance[][] = []
  for (const instance of instances) {
    // A provider that comes later in the order closes a cycle, and is not waited for.
    const below = edges
      .filter(({ consumer, provider }) => consumer === instance.service && provider !== consumer)
      .map(({ provider }) => levelOf.get(provider) ?? -1)
    const level = levelOf.get(instance.service) ?? Math.max(-1, ...below) + 1
    levelOf.set(instance.service, level)
    groups[level] = [...(groups[level] ?? []), instance]
  }
  return groups
}

/**
 * Base address where a workload for `provider` goes in: `http://127.0.0.1:4100`. That is the service's door, or itself;
 * the first instance where there are several. No proxy stands in between.
 */
export function doorOf(system: System, topology: Topology, provider: string): string {
  const door = system.doors?.[provider] ?? provider
  const instance = topology.instances.find(({ service }) => service === door)
  if (!instance) throw new RangeError(`"${door}" is no service of "${system.name}"`)
  return `http://${formatAddress(instance)}`
}
