import { BrownoutError, type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import type { RunRecord } from '../record/record.ts'
import type { RunStore } from '../record/store.ts'

/** Saves the record of a run that is over. Where it cannot, the error carries what the record would have told first. */
export function saveLast(store: RunStore, record: RunRecord): void {
  try {
    store.save(record)
  } catch (error) {
    if (!(error instanceof BrownoutError)) throw error
    const { endedBy, faultsLeft } = record
    const lines = [
      ...faultsLeft.map((fault) => `${fault} may still be in force.`),
      ...(endedBy && endedBy.message !== error.message ? [`The run ended early: ${endedBy.message}`] : []),
      error.message,
    ]
    const codes = [
      ...faultsLeft.map(() => exitCodes.faultMayRemain),
      ...(endedBy ? [endedBy.exitCode as ExitCode] : []),
      error.exitCode,
    ]
    throw new BrownoutError(error.code, lines.join('\n'), {
      exitCode: worstExitCode(codes),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    })
  }
}
