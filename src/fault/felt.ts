import { ms } from '../core/duration.ts'
import type { CanaryReading } from './record.ts'
import type { Fault } from './vocabulary.ts'

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
    case 'latency':
      return (
        reading.outcome === 'answered' &&
        reading.took - (before?.took ?? 0) >= (ms(fault.delay) - ms(fault.jitter)) * 0.9
      )
  }
}
