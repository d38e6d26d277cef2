import {
  BrokenCircuitError,
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
  type IPolicy,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'

/** What stands between a service and one it depends on. */
export interface Guard {
  /** Rejects at once when there is no place or the breaker is open, and when the time is over; then `signal` aborts. */
  execute<Result>(call: (context: { signal: AbortSignal }) => Promise<Result>): Promise<Result>
  /** As the last call felt it; `up` before the first. */
  readonly health: 'up' | 'down'
}

export interface Limits {
  limitMs: number
  atOnce: number
}

/** Opens after five failures in a row; `halfOpenAfterMs` later one call may try again. */
export function breaker({ halfOpenAfterMs = 1_000 } = {}) {
  return circuitBreaker(handleAll, { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(5) })
}

/**
 * At most `atOnce` calls under way, so that a slow dependency cannot take every resource of the caller; none while the
 * breaker is open, but for one that tries; each given up after `limitMs`.
 */
export function guard({ limitMs, atOnce }: Limits, circuit = breaker(), places: IPolicy = bulkhead(atOnce)): Guard {
  let health: Guard['health'] = 'up'
  circuit.onSuccess(() => (health = 'up'))
  circuit.onFailure(() => (health = 'down'))
  const policy = wrap(places, circuit, timeout(limitMs, TimeoutStrategy.Aggressive))
  return {
    async execute(call) {
      // Else the others would wait to learn what becomes of the one that tries.
      if (circuit.state === CircuitState.HalfOpen) throw new BrokenCircuitError()
      return policy.execute(call)
    },
    get health() {
      return health
    },
  }
}
