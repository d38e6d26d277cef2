import type { Terms } from '../contract/terms.ts'

/** Whoever waits longer hangs, unless the contract has more patience: ms. */
const leastMs = 1_000

/**
 * For how long a response may be under way before it is taken to hang, ms, by the id of its interaction: as long as any half
 * of its contract may take.
 */
export function patienceIn({ interactions }: Terms): ReadonlyMap<number, number> {
  const within = (limits: (number | null)[]) => Math.max(leastMs, ...limits.map((limit) => limit ?? 0))
  return new Map(
    interactions.map(({ id, withinMs, stances }) => [id, within([withinMs, ...stances.map((each) => each.withinMs)])]),
  )
}
