import { exitCodes } from '../core/errors.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { EndedBy } from '../record/record.ts'

/** The run goes no further with a fault in it; whether one remains is known when everything was ended. */
export function notUndone({ text, trouble }: FaultRecord): EndedBy {
  return { code: 'NOT_UNDONE', message: `${text} could not be undone: ${trouble}`, exitCode: exitCodes.stopped }
}

/** Nothing of ours is in the way of an instance that does not come back; but nothing can be played without it. */
export function notBack({ text, trouble }: FaultRecord): EndedBy {
  return { code: 'NOT_BACK', message: `${text} was not recovered from: ${trouble}`, exitCode: exitCodes.inconclusive }
}
