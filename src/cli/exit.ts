import { BrownoutError, type ExitCode, exitCodes, messageOf } from '../core/errors.ts'
import { formatProblems } from '../core/place.ts'
import { complain } from './safe-text.ts'

/**
 * The one place that ends the process: does the work, says what went wrong, and exits. Handles that are still open, ours or
 * those of a user's files, keep nobody waiting.
 */
export async function exitWith(work: () => Promise<number>): Promise<never> {
  let code: number
  try {
    code = await work()
  } catch (error) {
    complain(describe(error))
    code = exitCodeOf(error)
  }
  await Promise.all([process.stdout, process.stderr].map((out) => new Promise((done) => out.write('', done))))
  process.exit(code)
}

/** What we did not expect is a bug of ours. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof BrownoutError ? error.exitCode : exitCodes.bug
}

export function describe(error: unknown): string {
  if (!(error instanceof BrownoutError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
    return `This is a bug in Brownout, please report it:\n${stack}`
  }
  return [error.message, formatProblems(error.problems), error.hint ? `Hint: ${error.hint}` : '']
    .filter(Boolean)
    .join('\n')
}
