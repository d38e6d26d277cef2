import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unwritable } from '../../../core/unwritable.ts'
import { bodyLimitBytes } from '../../answers/ending.ts'
import type { Target } from '../../arrivals/target.ts'
import type { Workload } from '../../workload.ts'
import { k6Stages, marks } from './stages.ts'

/** What an arrival sends, by its place in the order's list of requests. */
export interface Sendable {
  /** Id of the interaction in the terms. */
  interaction: number
  url: string
  outgoing: Target['rows'][number]
}

export interface K6Order {
  workload: Workload
  /** Begins each line that is ours. */
  token: string
  /** Where the run's clock is told. */
  clock: string
  sendables: readonly Sendable[]
  /** For each arrival its place in `sendables`. */
  choices: Uint32Array
}

/** On a busy machine a VU is free again somewhat later than at its time-out. */
const laterMs = 500

/** Enough for every arrival within a time-out, so that none is ever dropped for want of one. */
export function virtualUsers({ stages, timeoutMs }: Workload): number {
  const { highestRate } = k6Stages(stages)
  return Math.ceil((highestRate * (timeoutMs + laterMs)) / 1_000) + marks
}

/** Writes what k6/play.js reads into `folder`, and returns its path. */
export function writeOrder(folder: string, { workload, token, clock, sendables, choices }: K6Order): string {
  const { stages, timeoutMs, run, firstSequence } = workload
  const vus = virtualUsers(workload)
  const { timeUnit, stages: ramps } = k6Stages(stages)
  const scenario = {
    executor: 'ramping-arrival-rate',
    startRate: 0,
    timeUnit,
    stages: ramps,
    preAllocatedVUs: vus,
    maxVUs: vus,
    // Whatever is under way at the end has ended by its time-out.
    gracefulStop: `${timeoutMs + 10_000}ms`,
  }
  const settings = { token, clock, run, firstSequence, timeoutMs, marks, bodyLimitBytes, scenario }
  const kinds = new Map<string, number>()
  const requests = sendables.map(({ url, outgoing: { method, headers, body } }) => {
    const kind = JSON.stringify([method, headers])
    if (!kinds.has(kind)) kinds.set(kind, kinds.size)
    return `${kinds.get(kind)} ${url}${body === null ? '' : `\n${body}`}`
  })
  const file = join(folder, `k6-order-${process.pid}.json`)
  try {
    writeFileSync(file, JSON.stringify({ settings, kinds: [...kinds.keys()], requests, choices: [...choices] }))
  } catch (error) {
    throw unwritable(file, error)
  }
  return file
}
