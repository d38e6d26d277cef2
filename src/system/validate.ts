import { isRecord } from '../contract/place.ts'
import type { Problem } from '../core/errors.ts'
import type { System } from './define.ts'
import { type Say, sayUnknownKeys, sayUnknownService } from './say.ts'
import { validateEnvironment } from './validate-environment.ts'
import { validatePolicy } from './validate-policy.ts'
import { validateService } from './validate-service.ts'

const keysOfSystem = ['kind', 'name', 'services', 'doors', 'states', 'variants', 'gate', 'redact']

/** Everything that is wrong with a system, at once; `file` is where it was read from. */
export function validateSystem(system: System, file: string): Problem[] {
  const problems: Problem[] = []
  const say: Say = (path, message, hint) =>
    void problems.push({ file, path, message, ...(hint === undefined ? {} : { hint }) })
  const services = Object.entries(isRecord(system.services) ? system.services : {})
  const known = services.map(([name]) => name)

  sayUnknownKeys(say, [], system, keysOfSystem)
  if (typeof system.name !== 'string' || system.name.trim() === '')
    say(['name'], 'the system has no name', "name: 'photo shop'")
  if (services.length === 0)
    say(['services'], 'there are no services', "services: { shop: node('services/shop/main.ts', { … }) }")
  for (const [name, service] of services) validateService(say, name, service, known)
  sayRepeatedPorts(say, services)

  for (const [provider, door] of Object.entries(system.doors ?? {})) {
    for (const name of new Set([provider, door]))
      if (!known.includes(name)) sayUnknownService(say, ['doors', provider], name, known)
  }
  for (const [name, handler] of Object.entries(system.states ?? {})) {
    if (typeof handler !== 'function') say(['states', name], 'is no function', 'async ({ url }) => { … }')
  }
  for (const [variant, overlay] of Object.entries(system.variants ?? {})) {
    if (!isRecord(overlay)) say(['variants', variant], 'is no overlay', "{ auth: { SLOW: 'yes' } }")
    for (const [service, environment] of Object.entries(isRecord(overlay) ? overlay : {})) {
      const path = ['variants', variant, service]
      if (!known.includes(service)) sayUnknownService(say, path, service, known)
      else if (system.services[service]?.kind === 'redis') say(path, 'a redis() has no environment')
      else validateEnvironment(say, path, { service, environment, known })
    }
  }
  validatePolicy(say, system.gate)
  return problems
}

function sayRepeatedPorts(say: Say, services: readonly [string, { readonly port?: number } | null][]): void {
  const owners = new Map<number, string>()
  for (const [name, service] of services) {
    if (service?.port === undefined) continue
    const owner = owners.get(service.port)
    if (owner === undefined) owners.set(service.port, name)
    else say(['services', name, 'port'], `port ${service.port} is that of "${owner}" already`)
  }
}
