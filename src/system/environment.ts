import { BrownoutError, exitCodes } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Environment, EnvReference, System } from './define.ts'
import type { Address } from './topology.ts'

/**
 * All of the runner's environment that a service sees; the rest would make runs differ from machine to machine. The last
 * only makes Node start sooner.
 */
const inheritedNames = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_COMPILE_CACHE']

/** service → its environment with the overlays of the variants laid on it, in order. */
export function environmentsOf(system: System, variants: readonly string[]): Map<string, Environment> {
  const overlays = variants.map((variant) => {
    const overlay = system.variants?.[variant]
    if (!overlay) throw unknownVariant(variant, Object.keys(system.variants ?? {}))
    return overlay
  })
  return new Map(
    Object.entries(system.services).map(([name, service]) => {
      const own = service.kind === 'program' ? service.env : {}
      return [name, Object.assign({}, own, ...overlays.map((overlay) => overlay[name]))]
    }),
  )
}

/** The services an environment refers to, each once. */
export function referredTo(environment: Environment): Set<string> {
  const values = Object.values(environment)
  return new Set(values.flatMap((value) => (typeof value === 'object' && 'service' in value ? [value.service] : [])))
}

export interface EnvironmentValues {
  /** What `own(…)` stands for. */
  own: Address & { name: string; folder: string }
  /** Where a provider is found, one address for each of its instances. */
  addressesOf(provider: string): readonly Address[]
  /** `'http'`, or `'redis'` for a Redis. */
  schemeOf(provider: string): string
}

/** The whole environment of a process. */
export function fillEnvironment(environment: Environment, values: EnvironmentValues): Record<string, string> {
  const inherited = inheritedNames.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const filled = Object.entries(environment).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : resolveReference(value, values),
  ])
  return Object.fromEntries([...inherited, ...filled]) as Record<string, string>
}

function resolveReference(reference: EnvReference, values: EnvironmentValues): string {
  if (reference.reference === 'own') return String(values.own[reference.what])
  const { service, separator = ',' } = reference
  return values
    .addressesOf(service)
    .map(({ host, port }) => {
      switch (reference.reference) {
        case 'url':
          return `${values.schemeOf(service)}://${host}:${port}`
        case 'host':
          return host
        case 'port':
          return String(port)
      }
    })
    .join(separator)
}

function unknownVariant(variant: string, known: readonly string[]): BrownoutError {
  const near = nearest(variant, known)
  return new BrownoutError('UNKNOWN_VARIANT', `Failed to find the variant "${variant}": the config has none.`, {
    exitCode: exitCodes.usage,
    hint: near === undefined ? `Known variants: ${known.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  })
}
