import type { FaultRecord } from '../fault/record.ts'
import type { Phase } from '../scenario/define.ts'

/** When the faults of a scenario came and went, on the run's clock; `Infinity`: it did not come to that. */
export interface Timeline {
  /** The first was asked for. */
  asked: number
  /** The first was in force. */
  inForce: number
  /** The last was asked to go. */
  undoAsked: number
  /** The last was gone. */
  undone: number
  /** The coming and the going of each fault: all beginnings, and apart from them all ends, in order. */
  changes: { begin: readonly number[]; end: readonly number[] }
}

/** Faults that may have been in force: one that was asked for may bite although nobody saw it come. */
export function playedFaults(faults: readonly FaultRecord[]): FaultRecord[] {
  return faults.filter(({ asked }) => asked !== null)
}

export function timelineOf(faults: readonly FaultRecord[]): Timeline {
  const times = playedFaults(faults).map(timesOf)
  // Without a fault nothing ever changes; the last of none is never, too.
  const last = (moments: readonly number[]) => (moments.length === 0 ? Infinity : Math.max(...moments))
  // One that was never seen in force is coming until it is gone.
  const changes = times.flatMap(({ asked, inForce, undoAsked, undone }) => [
    { begin: asked, end: Math.min(inForce, undone) },
    { begin: Math.min(undoAsked, undone), end: undone },
  ])
  return {
    asked: Math.min(...times.map(({ asked }) => asked)),
    inForce: Math.min(...times.map(({ inForce }) => inForce)),
    undoAsked: last(times.map(({ undoAsked }) => undoAsked)),
    undone: last(times.map(({ undone }) => undone)),
    changes: {
      begin: inOrder(changes.map(({ begin }) => begin)),
      end: inOrder(changes.map(({ begin, end }) => Math.max(begin, end))),
    },
  }
}

export type FaultTimes = Record<'asked' | 'inForce' | 'undoAsked' | 'undone', number>

/**
 * The times of one fault; `Infinity`: it did not come to that. An instance that was ended is away until it is ready again,
 * however long ago that was asked for: nothing changes on the way.
 */
export function timesOf({ fault, asked, inForce, undoAsked, undone }: FaultRecord): FaultTimes {
  const isAway = fault.kind === 'kill' || fault.kind === 'restart'
  return {
    asked: asked ?? Infinity,
    inForce: inForce ?? Infinity,
    undoAsked: (isAway ? undone : undoAsked) ?? Infinity,
    undone: undone ?? Infinity,
  }
}

/**
 * The phase of a response that was under way from `from` to `to`; `null` when it overlaps a change of any fault.
 *
 *      before        │ change │  during  │ change │  during  │ change │     after
 *    ────────────────┼────────┼──────────┼────────┼──────────┼────────┼──────────────
 *             first asked  in force                      undo asked  last undone
 */
export function phaseOf(timeline: Timeline, from: number, to: number): Phase | null {
  if (to < timeline.asked) return 'before'
  if (from > timeline.undone) return 'after'
  return overlaps(timeline.changes, from, to) ? null : 'during'
}

/** The phase in which a moment falls: each begins when its change of faults is asked for. */
export function phaseAt(timeline: Timeline, at: number): Phase {
  if (at < timeline.asked) return 'before'
  return at < timeline.undoAsked ? 'during' : 'after'
}

/** How long after a moment the next change of faults begins, ms; 0 while one is under way. */
export function calmFrom({ changes: { begin, end } }: Timeline, at: number): number {
  const begun = countUntil(begin, at)
  return begun > countBefore(end, at) ? 0 : (begin[begun] ?? Infinity) - at
}

/** Whether one of several spans of time meets [from, to]: more of them began by its end than were over before it. */
function overlaps({ begin, end }: Timeline['changes'], from: number, to: number): boolean {
  return countUntil(begin, to) > countBefore(end, from)
}

export function inOrder(moments: readonly number[]): number[] {
  return moments.toSorted((a, b) => a - b)
}

/** How many moments, which are in order, are not later than `at`. */
export function countUntil(moments: readonly number[], at: number): number {
  let count = 0
  while (count < moments.length && (moments[count] as number) <= at) count++
  return count
}

/** How many moments, which are in order, are earlier than `at`. */
export function countBefore(moments: readonly number[], at: number): number {
  let count = 0
  while (count < moments.length && (moments[count] as number) < at) count++
  return count
}
