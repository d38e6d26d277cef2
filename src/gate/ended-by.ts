import { exitCodes } from '../core/errors.ts'
import type { UndoFailure } from '../core/scope.ts'
import type { EndedBy } from '../record/record.ts'

/**
 * Why a run ended, and what could not be ended with it. That is no fault that may be in force, but what was measured then is
 * not to be trusted, nor the machine: such a run is inconclusive.
 */
export function endedByOf(cause: EndedBy | null, failures: readonly UndoFailure[]): EndedBy | null {
  if (failures.length === 0) return cause
  const left = failures.map(({ what, why }) => `${what} could not be ended: ${why}`).join('; ')
  if (cause) return { ...cause, message: `${cause.message}; ${left}` }
  return {
    code: 'NOT_ENDED',
    message: left,
    exitCode: exitCodes.inconclusive,
    hint: 'See which of its processes still live, and end them.',
  }
}
