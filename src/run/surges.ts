import type { FaultRecord } from '../fault/record.ts'

/** A surge is part of the load's schedule: it comes and goes exactly then, and there is nothing to undo. */
export function noteSurge(record: FaultRecord, what: 'inject' | 'undo', at: number): void {
  if (what === 'inject') Object.assign(record, { asked: at, inForce: at })
  else Object.assign(record, { undoAsked: at, undone: at, verified: at })
}

/** Where the load was cut off, its surges were, too. */
export function endSurges(records: readonly FaultRecord[], at: number): void {
  for (const record of records)
    if (record.fault.kind === 'surge' && record.asked !== null && record.undone === null) noteSurge(record, 'undo', at)
}
