import { bulkhead, circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from 'cockatiel'

/** Opens after five failures in a row; a second later one call may try again. */
export function breaker() {
  return circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker: new ConsecutiveBreaker(5) })
}

/**
 * What stands between a service and one it depends on: at most `atOnce` calls under way, so that a slow dependency cannot
 * take every resource of the caller; none while the breaker is open; each given up after `limitMs`.
 */
export function guard({ limitMs, atOnce }: { limitMs: number; atOnce: number }) {
  return wrap(bulkhead(atOnce), breaker(), timeout(limitMs, TimeoutStrategy.Aggressive))
}
