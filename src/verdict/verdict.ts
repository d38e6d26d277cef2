import type { Condition } from '../contract/condition.ts'
import type { Evidence } from '../load/workload.ts'
import type { Phase } from '../scenario/define.ts'
import type { ResponseClass, ScenarioPromise } from '../scenario/promise.ts'

export type PromiseStatus = 'kept' | 'broken' | 'undecided'

/** One plain word for a scenario; where several troubles meet, the first of the list is it. */
export const words = [
  'inconclusive',
  'never recovered',
  'broken',
  'refused cleanly',
  'degraded gracefully',
  'unaffected',
] as const
export type Word = (typeof words)[number]

/** A promise, what was seen of it, and what follows. */
export interface PromiseVerdict {
  phase: Phase
  promise: ScenarioPromise
  /** In words: `share of full at least 99 %`. */
  text: string
  status: PromiseStatus
  /** Why it has this status, in one sentence with the figures. */
  reason: string
  /** Responses looked at, and how many of them count against the promise; `null` where it is not about a share. */
  responses: number | null
  violations: number | null
  /** What was seen, and the interval around it: a share (0–1), a factor or ms, as `unit` says; `value`: as k6 gives it. */
  observed: number | null
  interval: [number, number] | null
  unit: 'share' | 'factor' | 'ms' | 'readings' | 'value'
  /** The first response that counts against it. */
  evidence: Evidence | null
}

/**
 * Whether a fault was felt, and by whom: (a) what it bites on was in use, (b) the canary felt it, or what it did by itself was
 * seen where a canary could not feel it, (c) the workload was touched.
 */
export interface Witness {
  fault: string
  text: string
  inForceMs: number | null
  crossedBefore: WitnessPart
  canary: WitnessPart
  touched: WitnessPart
}
export interface WitnessPart {
  seen: boolean
  text: string
}

/** A condition in force on which an interaction of the workload takes no stance. */
export interface Gap {
  interaction: string
  condition: string
}

export interface ScenarioVerdict {
  name: string
  title: string
  file: string
  word: Word
  /** Why it is inconclusive, if it is; empty otherwise. */
  doubts: string[]
  faults: string[]
  /** What is to be known of its load; absent where nothing is. */
  notes?: string[]
  promises: PromiseVerdict[]
  witnesses: Witness[]
  gaps: Gap[]
  /** Responses of each class in each phase; `left out` overlap a change of faults and keep one side. */
  counts: Record<Phase, Record<ResponseClass, number> & { leftOut: number }>
  /** The first broken responses, at most ten. */
  firstBroken: Evidence[]
  /** Instances that died though no fault ended them. */
  deaths: { instance: string; text: string }[]
}

export interface RunVerdict {
  word: Word
  scenarios: ScenarioVerdict[]
  coverage: Coverage
}

/** What became of each promise one could make: every interaction, under every condition of every edge behind it. */
export interface Coverage {
  /** Cells whose stance was seen to be kept in this run, that have one which was not, and that have none: together all. */
  proven: number
  declared: number
  undeclared: number
  cells: CoverageCell[]
}

export interface CoverageCell {
  interaction: string
  /** `'auth → redis'` */
  edge: string
  condition: Condition
  stance: 'unaffected' | 'reduced' | 'refused' | null
  /** Scenarios of this run that proved it. */
  provenBy: string[]
}
