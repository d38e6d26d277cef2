import type { Stage } from '../workload.ts'

/** When each arrival is due, as k6's constant-arrival-rate has it: the first of a stage at its start, none at its end. */
export interface Schedule {
  readonly count: number
  /** Length of all stages, ms. */
  readonly lengthMs: number
  /** Milliseconds from the start to arrival number `arrival`, counted from 0. */
  dueMs(arrival: number): number
  /** Number of the stage, counted from 0, to which that arrival belongs. */
  stageOf(arrival: number): number
}

export function scheduleOf(stages: readonly Stage[]): Schedule {
  const parts: { first: number; fromMs: number; rate: number }[] = []
  let count = 0
  let lengthMs = 0
  for (const { rate, forMs } of stages) {
    parts.push({ first: count, fromMs: lengthMs, rate })
    // 0.3 * 10 is a little more than 3: rounding must not add an arrival at the very end.
    count += Math.max(0, Math.ceil((rate * forMs) / 1_000 - 1e-6))
    lengthMs += forMs
  }
  // A stage without arrivals begins with the same number as the next, and the last that does is the right one.
  const stageOf = (arrival: number) => parts.findLastIndex(({ first }) => first <= arrival)
  return {
    count,
    lengthMs,
    stageOf,
    dueMs(arrival) {
      const part = parts[stageOf(arrival)]
      return part ? part.fromMs + ((arrival - part.first) * 1_000) / part.rate : Number.POSITIVE_INFINITY
    },
  }
}
