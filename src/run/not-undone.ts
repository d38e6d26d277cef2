import { exitCodes } from '../core/errors.ts'
import type { UndoFailure } from '../core/scope.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { Fault } from '../fault/vocabulary.ts'
import type { EndedBy } from '../record/record.ts'

/** The run goes no further with a fault in it; whether one remains is known when everything was ended. */
export function notUndone({ text, trouble }: FaultRecord): EndedBy {
  return { code: 'NOT_UNDONE', message: `${text} could not be undone: ${trouble}`, exitCode: exitCodes.stopped }
}

/** Nothing of ours is in the way of an instance that does not come back; but nothing can be played without it. */
export function notBack({ text, trouble }: FaultRecord): EndedBy {
  return { code: 'NOT_BACK', message: `${text} was not recovered from: ${trouble}`, exitCode: exitCodes.inconclusive }
}

/** The faults that may be in force although everything was ended: what holds one could not be. */
export function faultsLeft(faults: readonly FaultRecord[], failures: readonly UndoFailure[]): string[] {
  const remains = new Set(failures.map(({ what }) => what))
  const held = faults.filter(({ asked, undone }) => asked !== null && undone === null)
  return held.filter(({ fault }) => remains.has(holderOf(fault) ?? '')).map(({ text }) => text)
}

/** What takes a fault with it when it ends, by the name under which the session holds it. */
function holderOf(fault: Fault): string | null {
  if ('on' in fault) return 'toxiproxy'
  return fault.kind === 'pause' ? 'services' : null
}
