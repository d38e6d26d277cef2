import { conditions } from '../../contract/condition.ts'
import type { Felt } from '../../contract/resolve.ts'
import { down, type Fault, latency } from '../../fault/vocabulary.ts'
import type { ProviderState } from '../../pact/model.ts'

/** A condition as a provider state asks for it: of one edge, or of every edge into the dependency. */
export type AskedCondition = Omit<Felt, 'consumer'> & { consumer?: string }

/** How late a slow dependency answers, at least; ms. */
const leastLateMs = 1_000

/**
 * The fault that causes a condition; `null` when none can yet. What is slow answers after twice the time in which its
 * consumers want an answer, `wantedMs`.
 */
export function faultFor({ consumer, dependency, condition }: AskedCondition, wantedMs: number): Fault | null {
  const on = consumer === undefined ? dependency : `${consumer} → ${dependency}`
  if (condition === 'unavailable') return down(on)
  return condition === 'slow' ? latency(on, `${Math.max(leastLateMs, 2 * wantedMs)}ms`) : null
}

/**
 * The condition that a state asks for, by its parameters `{ dependency, condition, consumer? }` or by its name alone:
 * `comments is unavailable`, `redis is slow for auth`. `undefined` for a state of another kind.
 */
export function conditionOf({ name, params }: ProviderState): AskedCondition | undefined {
  const named = /^(?<dependency>.+) is (?<condition>[a-z]+)(?: for (?<consumer>.+))?$/.exec(name)?.groups ?? {}
  const { dependency, condition, consumer } = { ...named, ...params }
  const known = conditions.find((one) => one === condition)
  if (typeof dependency !== 'string' || known === undefined) return undefined
  return { dependency, condition: known, ...(typeof consumer === 'string' ? { consumer } : {}) }
}
