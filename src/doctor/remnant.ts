import { type ExitCode, exitCodes } from '../core/errors.ts'

/** One thing that a run which is over left behind, as it was seen just now. */
export interface Remnant {
  kind: keyof typeof weights
  /** Id of the run, where it is known. */
  run: string | null
  /** What it is called: `down(front → back)`, `process 4711 (back)`, a file. */
  what: string
  /** What was seen of it: `proxy "front → back" of http://127.0.0.1:20001 has the toxic "latency"`. */
  seen: string
  /** What a person can do about one that cannot be removed. */
  hint?: string
}

/** The exit code of a machine on which such a thing was left. A file stands in nobody's way. */
const weights = {
  /** A fault that is, or may be, in force. */
  fault: exitCodes.faultMayRemain,
  /** What it says may be anything, a fault as well. */
  'unreadable ledger': exitCodes.faultMayRemain,
  /** Of the run, on a Toxiproxy of somebody. */
  proxy: exitCodes.inconclusive,
  process: exitCodes.inconclusive,
  file: exitCodes.kept,
} satisfies Record<string, ExitCode>

export function weightOf({ kind }: Remnant): ExitCode {
  return weights[kind]
}

/** Where remnants come from: what can be seen of them, now and again, and how to remove them. */
export interface Trace {
  look(): Promise<Remnant[]>
  /** Never rejects. Says why what is left could not be removed, by what it is called; whoever asks looks again. */
  remove(): Promise<ReadonlyMap<string, string>>
}
