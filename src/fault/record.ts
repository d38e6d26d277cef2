import type { Fault } from './vocabulary.ts'

/** One probe through a faulted edge by Brownout itself. */
export interface CanaryReading {
  edge: string
  at: number
  when: 'before' | 'during' | 'after'
  took: number
  /** `answered`, or how it failed: `refused`, `reset`, `closed`, `silent` (no answer in `limitMs`). */
  outcome: 'answered' | 'refused' | 'reset' | 'closed' | 'silent'
  limitMs: number
}

/**
 * One injected fault with its times (ms since the epoch on the run's clock; `null`: it did not come to that):
 * asked → inForce → undoAsked → undone → verified.
 */
export interface FaultRecord {
  id: string
  fault: Fault
  text: string
  /** Ids of the edges it bites on. */
  edges: string[]
  /** The instance that was killed, for faults of processes. */
  instance: string | null
  /** Conditions in force by it: who feels it, of which dependency. Empty when one of several replicas was lost. */
  felt: { consumer: string; dependency: string }[]
  asked: number | null
  inForce: number | null
  undoAsked: number | null
  undone: number | null
  verified: number | null
  canary: CanaryReading[]
  /** Steps of the undo ladder that were needed, first to last: `['remove']` as a rule. */
  ladder: string[]
  /** Why it could not be injected or undone. */
  trouble: string | null
}
