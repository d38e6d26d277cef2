/**
 * One thing that is not as the pact has it. `uncheckable`: nobody can say (a matcher of a plugin, a regular expression that
 * JavaScript cannot run, XML), which is never a pass. Values of the actual headers and bodies are not repeated: they may be
 * secret.
 */
export interface Mismatch {
  /** `method`, `path`, `query q`, `status`, `header accept`, `body $.a[0]`, `metadata x`. */
  place: string
  message: string
  uncheckable: boolean
}

/** What one part of an interaction wants, compiled. Never throws, whatever comes. */
export interface Matching<Actual> {
  /** Stops at the first thing that is not as it should be. True exactly when `mismatches` has nothing to say. */
  matches(actual: Actual): boolean
  mismatches(actual: Actual): Mismatch[]
}
