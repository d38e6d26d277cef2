import { bulkhead, timeout, TimeoutStrategy, wrap } from 'cockatiel'
import type { Guard, Limits } from '../../chassis/guard.ts'

/**
 * Defect: four places for all calls together, with a queue before them, instead of places of its own and a breaker for each
 * dependency. Whichever is slow takes them all, and everybody waits for it.
 */
export function sharedPool(): (limits: Limits) => Guard {
  const places = bulkhead(4, Infinity)
  return ({ limitMs }) => {
    const policy = wrap(places, timeout(limitMs, TimeoutStrategy.Aggressive))
    return { execute: (call) => policy.execute(call), health: 'up' }
  }
}
