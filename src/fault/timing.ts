import { ms } from '../core/duration.ts'
import type { Fault } from './vocabulary.ts'

/** When a fault is there, ms after the beginning of `during`; `untilMs` is `Infinity` when it stays to the end. */
export interface FaultWindow {
  fromMs: number
  untilMs: number
}

export function windowOf({ from, for: lasting }: Pick<Fault, 'from' | 'for'>): FaultWindow {
  const fromMs = from === undefined ? 0 : ms(from)
  return { fromMs, untilMs: lasting === undefined ? Number.POSITIVE_INFINITY : fromMs + ms(lasting) }
}

/** Half open: what ends at a moment is not there any more. */
export function isThereAt({ fromMs, untilMs }: FaultWindow, moment: number): boolean {
  return fromMs <= moment && moment < untilMs
}

export function meet(one: FaultWindow, other: FaultWindow): boolean {
  return one.fromMs < other.untilMs && other.fromMs < one.untilMs
}

export function isSameTime(one: FaultWindow, other: FaultWindow): boolean {
  return one.fromMs === other.fromMs && one.untilMs === other.untilMs
}
