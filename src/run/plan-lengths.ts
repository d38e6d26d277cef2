import { ms } from '../core/duration.ts'
import { type FaultWindow, windowOf } from '../fault/timing.ts'
import type { Fault } from '../fault/vocabulary.ts'
import type { Phase, Scenario } from '../scenario/define.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import { confidenceIn } from '../verdict/confidence.ts'
import { isDecidedByMore } from '../verdict/settled.ts'
import { type Need, needOf, needOfRecovery } from './needs.ts'
import { surgeNeedsMs } from './surges.ts'

type Promises = Record<Phase, ScenarioPromise[]>

interface Load {
  /** `null` when a script decides on it, in its own schedule. */
  rate: number | null
  mix: Readonly<Record<string, number>>
}

const shortestPhaseMs = 2_000
/** A derived phase has this much more than its promises need without a violation, so that a few are tolerated. */
const room = 1.5
/** A probe that holds in the last moment has to be read, too. */
const probeRoomMs = 500
/** A phase in which a promise is undecided at the end of its length goes on to the next of these multiples. */
const extensions = [1, 1.5, 2]

/** As long as the user says, or as the promises need, ms. */
export function planLengths({ faults, phases: said }: Scenario, promises: Promises, load: Load): Record<Phase, number> {
  const looks = planLooks({ faults, rate: load.rate }, promises, { before: 0, during: 0, after: 0 })
  const none = { ...load, lengthMs: 0 }
  const timeOf = (need: Need | null) => (need?.neededMs ?? 0) * room
  const isAmplified = promises.during.some(({ kind }) => kind === 'amplification')
  const amplification = load.rate !== null && isAmplified ? (200 / load.rate) * 1_000 : 0
  /** Time for the responses that the promises of a phase need. */
  const responsesIn = (phase: Phase) => {
    const isolated = promises.during.filter(({ kind }) => phase === 'before' && kind === 'isolated')
    const times = [...promises[phase], ...isolated].map((each) =>
      timeOf(needOf(each, none, confidenceIn({ looks }, phase))),
    )
    return Math.max(shortestPhaseMs, phase === 'after' ? 0 : amplification * room, ...times)
  }
  const { fromMs, untilMs } = spanOf(faults)
  const recovery = timeOf(needOfRecovery(promises.before, none, confidenceIn({ looks }, 'after')))
  const needed: Record<Phase, number> = {
    before: responsesIn('before'),
    // What comes after the last fault is no response of this phase, so none of them would be more.
    during: Math.max(shortestPhaseMs, untilMs === Infinity ? fromMs + responsesIn('during') : untilMs),
    // When the time to recover is up, enough has still to come.
    after: Math.max(responsesIn('after'), ...promises.after.map((each) => recoversIn(each, recovery))),
  }
  needed.during = Math.max(needed.during, ...faults.map((fault) => neededFor(fault, load)))
  const lengthOf = (phase: Phase) => {
    const length = said?.[phase]
    return Math.round(length === undefined ? Math.max(needed[phase], ...promises[phase].map(probedFor)) : ms(length))
  }
  return { before: lengthOf('before'), during: lengthOf('during'), after: lengthOf('after') }
}

/** From the coming of the first fault to the going of the last. */
function spanOf(faults: readonly Fault[]): FaultWindow {
  const windows = faults.map(windowOf)
  return {
    fromMs: Math.min(...windows.map(({ fromMs }) => fromMs)),
    untilMs: Math.max(...windows.map(({ untilMs }) => untilMs)),
  }
}

function recoversIn(promise: ScenarioPromise, recoveryMs: number): number {
  return promise.kind === 'recovers' ? ms(promise.within) + Math.max(shortestPhaseMs, recoveryMs) : 0
}

function probedFor(promise: ScenarioPromise): number {
  return promise.kind === 'eventually' && promise.within !== undefined ? ms(promise.within) + probeRoomMs : 0
}

/** One that comes and goes by itself comes at least twice, and more load lasts until it can be told from chance. */
function neededFor(fault: Fault, load: Load): number {
  const { fromMs, untilMs } = windowOf(fault)
  if (untilMs !== Infinity) return untilMs
  if (fault.kind === 'flapping') return fromMs + 2 * (ms(fault.down) + ms(fault.up))
  return fromMs + (fault.kind === 'surge' ? surgeNeedsMs(fault, load) : 0)
}

/** Where more responses could decide a promise, the phase is looked at more than once; not where its end is fixed. */
export function planLooks(
  { faults, rate }: { faults: readonly Fault[]; rate: number | null },
  promises: Promises,
  planned: Record<Phase, number>,
): Record<Phase, number[]> {
  const script = rate === null
  const surges = faults.some(({ kind }) => kind === 'surge')
  const ends = faults.some((fault) => fault.for !== undefined)
  // A surge has its place in the schedule of the load, so what comes before it is fixed, too; a script's schedule has its end.
  const fixed = { before: script || surges, during: script || surges || ends, after: script }
  const looks = (phase: Phase) => {
    const isOpen = !fixed[phase] && promises[phase].some(isDecidedByMore)
    return (isOpen ? extensions : [1]).map((times) => Math.round(planned[phase] * times))
  }
  return { before: looks('before'), during: looks('during'), after: looks('after') }
}
