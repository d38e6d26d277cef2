import type { RequestTemplate, Row } from '../contract/define.ts'
import type { ClockAnchor } from '../core/clock.ts'

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

/** All that a load driver needs, as plain data: it goes to another process. */
export interface LoadOrder {
  workload: Workload
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
  /** CPU time of the load's own process, ms. */
  cpuMs: number
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
