import type { PlannedFault } from '../fault/plan.ts'
import { windowOf } from '../fault/timing.ts'

/** A fault comes or goes, `atMs` after the beginning of `during`. */
export interface PlannedEvent {
  atMs: number
  what: 'inject' | 'undo'
  /** The fault's id. */
  fault: string
}

/** In order. What goes makes room for what comes at the same moment; what came last goes first. */
export function planTimeline(faults: readonly PlannedFault[], duringMs: number): PlannedEvent[] {
  const comings = faults.map(({ id, fault }): PlannedEvent => {
    return { atMs: windowOf(fault).fromMs, what: 'inject', fault: id }
  })
  const goings = faults.map(({ id, fault }): PlannedEvent => {
    return { atMs: Math.min(windowOf(fault).untilMs, duringMs), what: 'undo', fault: id }
  })
  return [...goings.toReversed(), ...comings].toSorted((a, b) => a.atMs - b.atMs)
}
