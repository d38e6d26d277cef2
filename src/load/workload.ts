import type { RequestTemplate, Row } from '../contract/define.ts'
import type { ClockAnchor } from '../core/clock.ts'
import type { Threshold } from './script.ts'

/** `rate` arrivals a second, evenly spaced, for `forMs`. */
export interface Stage {
  rate: number
  forMs: number
  /** Weights of this stage, by the ids of interactions; those of the workload when absent. */
  weights?: Readonly<Record<number, number>>
}

export interface WorkloadInteraction {
  /** Its id in the terms. */
  id: number
  key: string
  weight: number
  /** Where it is sent: `http://127.0.0.1:4100`. */
  base: string
  request: RequestTemplate
  /** Values for the request, taken in turn; at least one row, which may be empty. */
  rows: readonly Row[]
}

/** An open-model load as data: arrivals are sent when they are due, however slow the answers are. */
export interface Workload {
  stages: readonly Stage[]
  interactions: readonly WorkloadInteraction[]
  timeoutMs: number
  /** Decides which interaction each arrival is. */
  seed: number
  /** The id of the run, for request ids. */
  run: string
  /** Number of the first arrival, so that request ids are unique in a run. */
  firstSequence: number
}

/** A k6 script of the user's that is the load of a scenario; its own options say how much it sends, and how long. */
export interface OwnScript {
  /** Absolute path; `.js` or `.ts`. */
  file: string
  /** Handed to it as `__ENV`. */
  env: Readonly<Record<string, string>>
  /** Whether its thresholds are read when it has ended. */
  thresholds: boolean
  /** How long its schedule is, without the time for iterations to end, and with it, ms. */
  lengthMs: number
  endsMs: number
  /** The most it may have at once. */
  virtualUsers: number
}

/** All that a load driver needs, as plain data: it goes to another process. */
export interface LoadOrder {
  workload: Workload
  /**
   * Plays instead of the workload's stages; only k6 can. The workload's interactions are then those by which it may tag its
   * requests: a response whose request has the tag `interaction` with the key of one becomes a sample.
   */
  script?: OwnScript
  clock: ClockAnchor
  /** The contracts' files, and the hash their terms must have. */
  contracts: { files: readonly string[]; hash: string }
  /** Field and header names to mask in evidence, besides the usual ones. */
  redact: readonly string[]
  into: { samples: string; evidence: string }
}

/** What the load tells while it runs, about four times a second. */
export interface LoadTick {
  at: number
  started: number
  answered: number
  /** Answers since the last tick: those that keep the normal half, those that keep only another, those that keep none. */
  normal: number
  other: number
  none: number
  /** 95th percentile of `took` since the last tick, ms; `null` without answers. */
  p95: number | null
}

export interface LoadSummary {
  startedAt: number
  endedAt: number
  /** Arrivals that were due, that were sent, and that ended in an answer or an error. */
  due: number
  started: number
  answered: number
  /** 99th percentile of how late arrivals were sent, ms. */
  lateP99: number
  /** CPU time of what sent the load, ms. */
  cpuMs: number
  /** How a tool that sent it ended, and what it allowed itself; absent when the load is our own. */
  tool?: { exit: string; virtualUsers: number }
  /** What k6's own summary says of the user's own script; absent when the load is our own, or k6 wrote none. */
  thresholds?: ThresholdReading[]
  /** Requests in all, and those of them that were tagged, to the script's own end; iterations that did not come about. */
  requests?: number
  tagged?: number
  droppedIterations?: number
  /** Tags by which the script named interactions that it does not have. */
  unknownTags?: string[]
}

/** What k6's summary says of one threshold: it looks at all samples since the start, not at a phase. */
export interface ThresholdReading extends Threshold {
  ok: boolean
  /** Samples of the metric; a threshold without any says nothing, whatever k6 makes of it. Of a counter, its sum. */
  samples: number
  /** `null` when k6 does not tell. */
  observed: number | null
  /** `'trend'`, `'rate'`, `'counter'` or `'gauge'` */
  type: string
}

/** A response worth showing, one JSON line in the evidence file; bodies are cut at 4 KiB, secrets are masked. */
export interface Evidence {
  sequence: number
  requestId: string
  interaction: number
  sentAt: number
  took: number
  keeps: number
  error: string | null
  request: { method: string; url: string; headers: Record<string, string>; body: string | null }
  response: { status: number; headers: Record<string, string>; body: string } | null
  /** For each half (by bit) that is not kept: what it wanted. */
  wanted: { bit: number; half: string; issues: string[] }[]
}
