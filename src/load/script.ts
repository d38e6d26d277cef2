/** A threshold as a script's options have it: `http_req_duration{interaction:read}` and `p(95)<300`. */
export interface Threshold {
  metric: string
  expression: string
}

/** What k6 says of a script without playing it. */
export interface ScriptFacts {
  /** From the start of its first scenario until none begins an iteration any more, ms. One that counts iterations may be done sooner. */
  sendsMs: number
  /** The same until the last iteration is given up, ms. */
  endsMs: number
  /** The most it may have at once. */
  virtualUsers: number
  thresholds: Threshold[]
}

/**
 * Asks what a script would do; its init code runs, and nothing is sent. Rejects with a `ScriptError` when it cannot be
 * played: a syntax error, a file that is missing, options that k6 does not take, init code that throws or never ends.
 */
export type ReadScript = (script: { file: string; env: Readonly<Record<string, string>> }) => Promise<ScriptFacts>

/** Why a script cannot be played: a problem of the user's file, and no trouble of ours. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
  /** Where, if k6 says so: the script itself, or a file that it imports. */
  readonly place: { file: string; line: number } | null

  constructor(why: string, place: ScriptError['place'] = null) {
    super(why)
    this.place = place
  }
}
