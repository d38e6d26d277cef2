import { type Condition, type ConditionKey, conditions } from '../../contract/condition.ts'
import type { StanceTerms } from '../../contract/terms.ts'
import type { ProviderState } from '../model.ts'

/** A stance on one condition. */
export interface Stanced {
  stance: StanceTerms
  consumer?: string
  dependency: string
  condition: Condition
}

/**
 * Every condition that the stances of an interaction speak of: `*` is each that has no line of its own, `otherwise` is
 * each of `dependencies` of which no line speaks.
 */
export function conditionsOf(stances: readonly StanceTerms[], dependencies: readonly string[]): Stanced[] {
  const found = new Map<string, Stanced>()
  const add = (stanced: Stanced) => {
    const key = keyOf(stanced)
    if (!found.has(key)) found.set(key, stanced)
  }
  const lines = stances.flatMap((stance) => (stance.when === 'otherwise' ? [] : [{ stance, when: stance.when }]))
  for (const { stance, when } of lines)
    if (when.condition !== '*') add({ stance, ...whereOf(when), condition: when.condition })
  for (const { stance, when } of lines)
    if (when.condition === '*') for (const condition of conditions) add({ stance, ...whereOf(when), condition })
  const otherwise = stances.find(({ when }) => when === 'otherwise')
  if (otherwise)
    for (const dependency of dependencies)
      for (const condition of conditions) add({ stance: otherwise, dependency, condition })
  return [...found.values()]
}

function whereOf({ consumer, dependency }: ConditionKey) {
  return consumer === undefined ? { dependency } : { consumer, dependency }
}

function keyOf({ consumer, dependency, condition }: Stanced): string {
  return `${consumer ?? ''} → ${dependency}: ${condition}`
}

/** All dependencies that stances name. */
export function dependenciesOf(stances: readonly (readonly StanceTerms[])[]): string[] {
  const named = stances.flat().flatMap(({ when }) => (when === 'otherwise' ? [] : [when.dependency]))
  return [...new Set(named)].toSorted()
}

/** `comments is unavailable`, or `redis is slow for auth`: what `brownout pact states` puts in force. */
export function stateOf({ consumer, dependency, condition }: Stanced): ProviderState {
  return {
    name: `${dependency} is ${condition}${consumer === undefined ? '' : ` for ${consumer}`}`,
    params: { dependency, condition, ...(consumer === undefined ? {} : { consumer }) },
  }
}
