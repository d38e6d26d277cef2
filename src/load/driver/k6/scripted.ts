import type { Ended } from '../../answers/judge.ts'
import type { LoadSummary } from '../../workload.ts'
import type { Exit } from '../../../core/child.ts'
import type { K6Command } from './k6-process.ts'

/** A script that k6 plays, and how what it tells is to be understood: our own of a workload, or one of the user's. */
export interface Scripted {
  readonly command: K6Command
  /** How many VUs k6 may use. */
  readonly virtualUsers: number
  /** From the start to the end of its schedule, ms. */
  readonly lengthMs: number
  /** Takes a line of the script's: its kind (a letter) and its JSON. Returns what ended; `null` when it tells something else. */
  hear(kind: string, json: string): Ended | null
  /** When it began, on the run's clock. */
  readonly started: Promise<number>
  /** Arrivals that were due until then, on the run's clock; of a user's script, those that were sent. */
  dueUntil(until: number): number
  /** Whether a test that ended so came to its end. */
  isEnd(exit: Exit): boolean
  /** Of a user's script, which has an end of its own to come to. */
  readonly own?: {
    /** Whether it is let come to it after a stop: its thresholds look at all that it sends. */
    playsOn: boolean
    /** For its teardown() and its summary when it is not, ms. */
    graceMs: number
  }
  /** What more its summary says, when it has ended. */
  results?(): Partial<LoadSummary>
  /** Removes what it left in the folder. */
  close(): void
}
