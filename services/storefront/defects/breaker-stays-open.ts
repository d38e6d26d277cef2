import { breaker, type Guard, guard, type Limits } from '../../chassis/guard.ts'

/** Defect: a breaker that opened never lets a call try again. */
export function breakerStaysOpen(limits: Limits): Guard {
  return guard(limits, breaker({ halfOpenAfterMs: Infinity }))
}
