import { parseConditionKey } from '../contract/condition.ts'
import type { Contract } from '../contract/define.ts'
import { isRecord } from '../contract/place.ts'
import type { Problem } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import type { SystemNames } from '../system/names.ts'
import type { Loaded } from './load-files.ts'

/** Contracts against the system they speak of: services, edges and provider states that do not exist. */
export function checkContracts(contracts: readonly Loaded<Contract>[], names: SystemNames): Problem[] {
  return contracts.flatMap(({ file, definition }) => {
    const problems: Problem[] = []
    const known = (name: string, list: readonly string[], what: string, path: string[]) => {
      if (!list.includes(name)) problems.push(unknown(file, path, what, name, list))
    }
    // The form of a contract is checked elsewhere; here, only what has it is compared.
    const { provider } = definition
    if (typeof provider === 'string') known(provider, names.services, 'service', ['provider'])
    for (const [name, interaction] of Object.entries(definition.interactions ?? {})) {
      if (!isRecord(interaction)) continue
      const path = ['interactions', name]
      for (const text of Object.keys(interaction.degraded ?? {})) {
        const key = parseConditionKey(text)
        if (!key) continue
        known(key.dependency, names.services, 'service', [...path, 'degraded', text])
        if (key.consumer !== undefined && names.services.includes(key.dependency)) {
          const edges = names.edges.map((edge) => edge.name)
          known(`${key.consumer} → ${key.dependency}`, edges, 'edge', [...path, 'degraded', text])
        }
      }
      if (
        typeof interaction.given === 'string' &&
        interaction.parameters === undefined &&
        placeholdersIn(interaction.request)
      ) {
        known(interaction.given, names.states, 'provider state', [...path, 'given'])
      }
    }
    return problems
  })
}

/** A provider state must have a handler where its values are needed; others may be facts of the sample data. */
function placeholdersIn(request: unknown): boolean {
  return /\{[\w-]+\}/.test(JSON.stringify(request ?? null))
}

/** `unknown service "comets"`, with the nearest known name. */
export function unknown(file: string, path: string[], what: string, name: string, known: readonly string[]): Problem {
  return { file, path, message: `unknown ${what} "${name}"`, hint: suggestion(name, known) }
}
