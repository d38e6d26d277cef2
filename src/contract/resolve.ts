import type { Condition, ConditionKey } from './condition.ts'
import type { InteractionTerms, StanceTerms } from './terms.ts'

/** A condition in force: on the edge from `consumer` to `dependency`. */
export interface Felt {
  consumer: string
  dependency: string
  condition: Condition
}

/**
 * The one stance that speaks of what is felt; `null` when it is undeclared. The more a line says of *where*, the
 * stronger it is, then the more it says of *what*:
 *
 *   `auth → redis: slow`  >  `auth → redis: *`  >  `redis: slow`  >  `redis: *`  >  `otherwise`
 */
export function resolveStance(interaction: InteractionTerms, felt: Felt): StanceTerms | null {
  let best: StanceTerms | null = null
  let strongest = -1
  for (const stance of interaction.stances) {
    const strength = strengthOf(stance.when, felt)
    if (strength > strongest) [best, strongest] = [stance, strength]
  }
  return best
}

/** -1 when the line does not speak of it. */
function strengthOf(when: ConditionKey | 'otherwise', felt: Felt): number {
  if (when === 'otherwise') return 0
  if (when.dependency !== felt.dependency) return -1
  if (when.consumer !== undefined && when.consumer !== felt.consumer) return -1
  if (when.condition !== '*' && when.condition !== felt.condition) return -1
  return 1 + (when.condition === '*' ? 0 : 1) + (when.consumer === undefined ? 0 : 2)
}
