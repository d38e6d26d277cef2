import { normalKey } from '../contract/terms.ts'
import { windowOf } from '../fault/timing.ts'
import type { Fault } from '../fault/vocabulary.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import { responsesToKeep, violationsTolerated } from '../verdict/interval.ts'
import { allowedShare, isCounted } from '../verdict/promises/counted.ts'
import { confidenceOfStart, normalPromises } from '../verdict/promises/recovers.ts'

export interface PhaseLoad {
  /** `null` when a script decides on it. */
  rate: number | null
  mix: Readonly<Record<string, number>>
  lengthMs: number
}

/** What a promise about a share needs of a phase, and what the phase gives it. */
export interface Need {
  /** Responses the phase will have for it. */
  responses: number
  /** Responses it takes to be `kept` when none violates it, and how long they take. */
  needed: number
  neededMs: number
  /** How many violations `responses` tolerate; -1: not even none would do. */
  tolerated: number
}

/** `null` for promises that need no number of responses. The more often a phase is looked at, the surer each look must be. */
export function needOf(promise: ScenarioPromise, load: PhaseLoad, confidence = 0.95): Need | null {
  const allowed = isCounted(promise) || promise.kind === 'isolated' ? allowedShare(promise) : 0
  if (!(allowed > 0 && allowed < 1) || !load.rate) return null
  const rate = load.rate * shareOfMix(promise, load.mix)
  const responses = Math.floor((rate * load.lengthMs) / 1_000)
  const needed = responsesToKeep(allowed, 0, confidence)
  return {
    responses,
    needed,
    neededMs: rate > 0 ? (needed / rate) * 1_000 : Number.POSITIVE_INFINITY,
    tolerated: responses > 0 ? violationsTolerated(responses, allowed, confidence) : -1,
  }
}

/**
 * What `recovers` needs of the responses from one of its starts on, when the hungriest of the promises of `before` is to be
 * kept by them: of all of `after` when the system is well at once, of what is left when the time is up otherwise. `null`
 * where it takes no number of responses.
 */
export function needOfRecovery(before: readonly ScenarioPromise[], load: PhaseLoad, confidence = 0.95): Need | null {
  const needs = normalPromises(before).flatMap((promise) => needOf(promise, load, confidenceOfStart(confidence)) ?? [])
  return needs.toSorted((a, b) => b.neededMs - a.neededMs)[0] ?? null
}

/** How long the faults of a `during` of that length are there, the first to the last, ms: all else is before or after them. */
export function faultedMs(faults: readonly Fault[], duringMs: number): number {
  const windows = faults.map(windowOf)
  const first = Math.min(duringMs, ...windows.map(({ fromMs }) => fromMs))
  const last = Math.max(first, ...windows.map(({ untilMs }) => Math.min(duringMs, untilMs)))
  return last - first
}

/** Names may have their arrow written either way. */
function shareOfMix(promise: ScenarioPromise, mix: Readonly<Record<string, number>>): number {
  if (!('of' in promise) || promise.of === undefined) return 1
  const of = normalKey(promise.of)
  const sumOf = (entries: [string, number][]) => entries.reduce((sum, [, weight]) => sum + weight, 0)
  const all = Object.entries(mix)
  const total = sumOf(all)
  return total > 0 ? sumOf(all.filter(([key]) => normalKey(key) === of)) / total : 0
}
