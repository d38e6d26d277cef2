import type { Json } from '../../contract/define.ts'
import type { ProviderState } from '../model.ts'
import type { PactPlace } from './place.ts'

/** Where the provider states of an interaction stand. */
export const stateKeys = ['providerStates', 'providerState', 'provider_state']

/** One state as a text (V1, V2), or a list of states with parameters (V3, V4). */
export function readStates(interaction: Record<string, unknown>, place: PactPlace): ProviderState[] {
  const [key, ...others] = stateKeys.filter((name) => saysSomething(interaction[name]))
  if (key === undefined) return []
  const value = interaction[key]
  const states = readStateList(Array.isArray(value) ? value : [value], Array.isArray(value), place.at(key))
  for (const other of others) {
    if (states.length === 1 && states[0]?.name === interaction[other]) continue
    place.at(other).note(`is not carried over: "${key}" stands beside it`)
  }
  return states
}

function readStateList(values: readonly unknown[], areListed: boolean, place: PactPlace): ProviderState[] {
  return values.flatMap((value, index) => readState(value, areListed ? place.at(index) : place) ?? [])
}

function readState(value: unknown, place: PactPlace): ProviderState | undefined {
  if (typeof value === 'string') return { name: value, params: {} }
  const state = place.record(value, 'a provider state')
  if (!state) return undefined
  place.noteUnread(state, ['name', 'params'], 'a provider state')
  const { name, params } = state
  if (typeof name !== 'string')
    return void place.at('name').report(name === undefined ? 'the name is missing' : 'the name is no text')
  if (params === undefined || params === null) return { name, params: {} }
  return { name, params: (place.at('params').record(params, 'what a state takes') ?? {}) as Record<string, Json> }
}

function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}
