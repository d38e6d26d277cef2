import { BrownoutError, exitCodes, worstExitCode } from '../core/errors.ts'
import type { RunRecord } from '../record/record.ts'
import type { RunStore } from '../record/store.ts'

/** Saves the record of a run that is over. Where it cannot, the error carries what the record would have told first. */
export function saveLast(store: RunStore, record: RunRecord): void {
  try {
    store.save(record)
  } catch (error) {
    throw withRecord(error, record)
  }
}

/** An error that ends all, and what nobody will read in a record: faults that may be in force, the cause of the end. */
export function withRecord(
  error: unknown,
  { endedBy, faultsLeft }: Pick<RunRecord, 'endedBy' | 'faultsLeft'>,
): unknown {
  if (!(error instanceof BrownoutError)) return error
  const lines = [
    ...faultsLeft.map((fault) => `${fault} may still be in force.`),
    ...(endedBy && endedBy.message !== error.message ? [`The run ended early: ${endedBy.message}`] : []),
    error.message,
  ]
  const codes = [
    ...faultsLeft.map(() => exitCodes.faultMayRemain),
    ...(endedBy ? [endedBy.exitCode] : []),
    error.exitCode,
  ]
  return new BrownoutError(error.code, lines.join('\n'), {
    exitCode: worstExitCode(codes),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  })
}
