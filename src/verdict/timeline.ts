import type { FaultRecord } from '../fault/record.ts'
import type { Phase } from '../scenario/define.ts'

/** When the faults of a scenario came and went, taken together, on the run's clock; `Infinity`: it did not come to that. */
export interface Timeline {
  /** The first was asked for. */
  asked: number
  /** The last was in force. */
  inForce: number
  /** The first was asked to go. */
  undoAsked: number
  /** The last was gone. */
  undone: number
}

/** Faults that may have been in force: one that was asked for may bite although nobody saw it come. */
export function playedFaults(faults: readonly FaultRecord[]): FaultRecord[] {
  return faults.filter(({ asked }) => asked !== null)
}

export function timelineOf(faults: readonly FaultRecord[]): Timeline {
  const played = playedFaults(faults)
  const times = (name: 'asked' | 'inForce' | 'undoAsked' | 'undone') => played.map((fault) => fault[name] ?? Infinity)
  return {
    asked: Math.min(...times('asked')),
    inForce: latest(times('inForce')),
    undoAsked: Math.min(...times('undoAsked')),
    undone: latest(times('undone')),
  }
}

function latest(times: readonly number[]): number {
  return times.length === 0 ? Infinity : Math.max(...times)
}

/**
 * The phase of a response that was under way from `from` to `to`; `null` when it overlaps a change of faults.
 *
 *      before        │ change │        during        │ change │     after
 *    ────────────────┼────────┼──────────────────────┼────────┼──────────────
 *                  asked   inForce               undoAsked  undone
 */
export function phaseOf(timeline: Timeline, from: number, to: number): Phase | null {
  if (to < timeline.asked) return 'before'
  if (from > timeline.undone) return 'after'
  return from > timeline.inForce && to < timeline.undoAsked ? 'during' : null
}

/** The phase in which a moment falls: each begins when its change of faults is asked for. */
export function phaseAt(timeline: Timeline, at: number): Phase {
  if (at < timeline.asked) return 'before'
  return at < timeline.undoAsked ? 'during' : 'after'
}
