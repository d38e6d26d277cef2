import { normalKey } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { Surge } from '../fault/vocabulary.ts'
import type { PhaseLoad } from './needs.ts'

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

/** Arrivals beyond the usual are no chance any more when they are so many standard deviations. */
const clearly = 6

/** How long a surge must last to be told from chance, ms: the drawn arrivals of its interaction vary by their root. */
export function surgeNeedsMs({ of, rate: more }: Surge, { rate, mix }: Pick<PhaseLoad, 'rate' | 'mix'>): number {
  const weights = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  const usual = weights > 0 ? ((rate ?? 0) * (mix[normalKey(of)] ?? 0)) / weights : 0
  return ((clearly ** 2 * (usual + more)) / more ** 2) * 1_000
}
