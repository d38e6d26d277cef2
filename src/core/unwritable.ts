import { appendFileSync, openSync } from 'node:fs'
import { BrownoutError, type ExitCode, exitCodes, messageOf } from './errors.ts'

/** A place where a run keeps things takes nothing: no right to, or no room. Before a run has begun that is bad usage. */
export function unwritable(path: string, cause: unknown, exitCode: ExitCode = exitCodes.inconclusive): BrownoutError {
  return new BrownoutError('UNWRITABLE', `Failed to write "${path}": ${messageOf(cause)}.`, {
    exitCode,
    hint: 'Make room there, or choose another folder with --home DIR.',
    cause,
  })
}

/** A handle to append by; throws `UNWRITABLE`. */
export function openToAppend(path: string): number {
  try {
    return openSync(path, 'a')
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Why a file, to which another process wrote, takes no more; `null` when it does: an empty line was added. */
export function whyUnwritable(path: string): BrownoutError | null {
  try {
    appendFileSync(path, '\n')
    return null
  } catch (error) {
    return unwritable(path, error)
  }
}
