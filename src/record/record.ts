import type { Terms } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { LoadSummary } from '../load/workload.ts'
import type { Phase } from '../scenario/define.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import type { GatePolicy } from '../system/policy.ts'
import type { Edge, Instance } from '../system/topology.ts'
import type { TapSnapshot } from '../tap/counts.ts'

/** `run.json`: everything a verdict needs except the samples. A run that was killed leaves what it had. */
export interface RunRecord {
  format: 'brownout-run'
  /** Version 1 is still read: `upgradeRun` makes a 2 of it. */
  version: 2
  id: string
  brownout: string
  startedAt: number
  endedAt: number | null
  seed: number
  variants: string[]
  /** The config file as the user named it; `null`: the one in the working folder. */
  config: string | null
  /** What the gate made of it; a run that is judged again is decided by it again. */
  policy: GatePolicy
  /** The system's name, and each instance and edge as it ran. */
  system: { name: string; instances: Instance[]; edges: Edge[] }
  engines: { name: string; parts: Part[] }
  terms: Terms
  /** Normal load before the first fault, frozen: p95 of each interaction, ms. */
  baseline: { responses: number; p95: Record<string, number> } | null
  /** Every scenario that was to be played; `scenarios` holds those that were begun. */
  planned: { name: string; title: string; file: string }[]
  /** Whether that was every scenario of the system, so that other runs can be held against it. */
  whole: boolean
  scenarios: ScenarioRecord[]
  /** The first cause that ended the run before its plan did. */
  endedBy: EndedBy | null
  /** Faults that could not be verified as undone. */
  faultsLeft: string[]
}

/** A tool the run used: `{ role: 'redis', name: 'redis-server', version: '7.0.15' }`. `note` says what a reader must know. */
export interface Part {
  role: string
  name: string
  version: string
  note?: string
}

export interface EndedBy {
  code: string
  message: string
  exitCode: number
  /** What to do, ready to paste. */
  hint?: string
  /** Where it happened, for what is a bug of ours. */
  stack?: string
}

export interface ScenarioRecord {
  /** The file's name without its ending: `comments-refused`. Also the name of its folder in the run. */
  name: string
  file: string
  title: string
  /** Arrivals a second; `null` when a script decided on it. */
  rate: number | null
  /** The user's own script, when it was the load: `interactions` are then those it may tag. Absent in older records. */
  script?: { file: string } | null
  interactions: { id: number; key: string; weight: number }[]
  timeoutMs: number
  promises: Record<Phase, ScenarioPromise[]>
  /** Lengths of the phases as planned, ms. */
  planned: Record<Phase, number>
  /**
   * Lengths at which each phase is looked at, ms, the planned one first: while a promise is undecided the phase goes on to
   * the next. The error is split over them.
   */
  looks: Record<Phase, number[]>
  /** Normal load right before: was the system well to begin with? `null` when it did not come to that. */
  health: { healthy: boolean; reason: string | null; tookMs: number } | null
  startedAt: number | null
  endedAt: number | null
  faults: FaultRecord[]
  /** Readings of every tap, in order: `start`, `asked`, `inForce`, `undoAsked`, `undone`, `end`. */
  taps: TapSnapshot[]
  load: LoadSummary | null
  /** Whom the machine worked for, about once a second. Absent in older records; empty where nobody could tell. */
  machine?: MachineReading[]
  /** What the probes of the promises read, one entry for each `eventually` and `never`. */
  probes: ProbeRecord[]
  /** Instances that ended though no fault ended them. */
  deaths: { instance: string; at: number; exit: string; lastWords: string[] }[]
  /** Why the scenario was cut short or could not be played. */
  endedBy: EndedBy | null
}

/** Of all CPU time of the machine in the second or so before `at`: what was used, and what others than the run used. */
export interface MachineReading {
  at: number
  /** 0 to 1. */
  used: number
  others: number
}

/** A probe of a promise, known by phase and label. */
export interface ProbeRecord {
  phase: Phase
  label: string
  url: string
  readings: ProbeReading[]
}

/** One answer to a probe; `status` is `null` when none came. */
export interface ProbeReading {
  at: number
  took: number
  status: number | null
  /** Whether it had the wanted status (any 2xx unless the probe names one) and its JSON fits the promise's schema. */
  holds: boolean
  /** Why it does not fit, or why nothing came. */
  issues: string[]
  /** The beginning of the body, secrets masked. */
  body: string
}
