import type { Condition } from '../contract/condition.ts'
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
  /** Length of what came of the answer. */
  bytes: number
  /** ms from the end of the answer to the provider's hanging up; `null`: it did not in `limitMs`, or there was no answer. */
  closedAfter: number | null
}

/** What a consumer feels of a dependency because of a fault. */
export interface FeltCondition {
  consumer: string
  dependency: string
  condition: Condition
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
  /** The instances it ends or stops, in this order; empty for faults on edges. */
  instances: string[]
  /** Conditions in force by it: who feels what, of which dependency. Empty when one of several replicas was lost. */
  felt: FeltCondition[]
  asked: number | null
  inForce: number | null
  undoAsked: number | null
  undone: number | null
  verified: number | null
  canary: CanaryReading[]
  /** What it did by itself while it was in force: `storefront#1 ended`, `storefront#1 is ready`, `refused`, `let through`. */
  steps: { at: number; text: string }[]
  /** Steps of the undo ladder that were needed, first to last: `['remove']` as a rule. */
  ladder: string[]
  /** Why it could not be injected or undone. */
  trouble: string | null
}
