/** Exit codes of the command line; PRODUCT vocabulary, documented in docs/exit-codes.md. */
export const exitCodes = {
  kept: 0,
  broken: 1,
  usage: 2,
  inconclusive: 3,
  stopped: 4,
  faultMayRemain: 5,
  partMissing: 6,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Where several troubles meet, the first of this list that occurred is the exit code. */
const exitOrder: readonly ExitCode[] = [5, 70, 130, 143, 4, 2, 6, 1, 3, 0]

/** The code that outranks the others; 0 when nothing is given. One that nobody knows, of a stored run, is a bug's. */
export function worstExitCode(codes: Iterable<number>): ExitCode {
  const known = new Set<number>(exitOrder)
  const seen = new Set(Array.from(codes, (code) => (known.has(code) ? code : exitCodes.bug)))
  return exitOrder.find((code) => seen.has(code)) ?? exitCodes.kept
}

/**
 * One thing wrong with what the user wrote: where, what, and what to do about it.
 * `path` leads to the place inside the file: `['interactions', 'read an article', 'degraded']`.
 */
export interface Problem {
  file?: string
  line?: number
  path: readonly string[]
  message: string
  hint?: string
}

export interface BrownoutErrorOptions {
  exitCode?: ExitCode
  /** What to do, ready to paste; printed on a line of its own. */
  hint?: string
  problems?: readonly Problem[]
  cause?: unknown
}

/**
 * The harness could not do its work. Findings about the system under test are data, never this.
 * The message follows: Failed to ⟨do⟩ "⟨what⟩": ⟨why⟩.
 */
export class BrownoutError extends Error {
  /** Stable, upper-case: `PORT_IN_USE`. */
  readonly code: string
  readonly exitCode: ExitCode
  readonly hint: string | undefined
  readonly problems: readonly Problem[]

  constructor(code: string, message: string, options: BrownoutErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'BrownoutError'
    this.code = code
    this.exitCode = options.exitCode ?? exitCodes.bug
    this.hint = options.hint
    this.problems = options.problems ?? []
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
