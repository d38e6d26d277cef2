import { ms } from '../core/duration.ts'
import type { CanaryReading } from './record.ts'
import type { Fault } from './vocabulary.ts'

const shortestLimitMs = 500
const longestLimitMs = 3_000

/** How long the canary waits for an answer before it calls the edge silent: longer than the delay, up to three seconds. */
export function canaryLimitMs(fault: Fault): number {
  if (fault.kind !== 'latency') return shortestLimitMs
  return Math.min(longestLimitMs, latestAnswerMs(fault))
}

function latestAnswerMs({ delay, jitter }: Fault & { kind: 'latency' }): number {
  return ms(delay) + ms(jitter) + shortestLimitMs
}

/** Whether the fault shows in the reading, given the one taken before it. */
export function feels(fault: Fault, reading: CanaryReading, before: CanaryReading | undefined): boolean {
  switch (fault.kind) {
    case 'down':
      return reading.outcome === 'refused'
    case 'timeout':
      return reading.outcome === 'silent' || reading.outcome === 'closed'
    case 'reset':
      return reading.outcome === 'reset' || reading.outcome === 'closed'
    case 'kill':
      return reading.outcome !== 'answered'
    case 'latency': {
      const leastMs = (ms(fault.delay) - ms(fault.jitter)) * 0.9
      // A delay beyond the canary's patience shows as silence.
      if (reading.outcome === 'silent') return reading.limitMs < latestAnswerMs(fault)
      return reading.outcome === 'answered' && reading.took - (before?.took ?? 0) >= leastMs
    }
  }
}
