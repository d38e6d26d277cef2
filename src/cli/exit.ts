import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import { formatProblems } from '../core/place.ts'

/** The one place that ends the process: does the work, says what went wrong, sets the exit code. */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`)
    process.exitCode = error instanceof BrownoutError ? error.exitCode : exitCodes.bug
  }
}

function describe(error: unknown): string {
  if (!(error instanceof BrownoutError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
    return `This is a bug in Brownout, please report it:\n${stack}`
  }
  return [error.message, formatProblems(error.problems), error.hint ? `Hint: ${error.hint}` : '']
    .filter(Boolean)
    .join('\n')
}
