import { ms } from '../core/duration.ts'
import { windowOf } from '../fault/timing.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { type Phase, phases, type Scenario } from '../scenario/define.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import { confidenceIn } from '../verdict/confidence.ts'
import { needOf } from './needs.ts'

type Promises = Record<Phase, ScenarioPromise[]>

interface Load {
  rate: number
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
export function planLengths(definition: Scenario, promises: Promises, load: Load): Record<Phase, number> {
  const { rate } = load
  const looks = planLooks(definition.faults, promises, { before: 0, during: 0, after: 0 })
  const derived = (phase: Phase) => {
    const isolated = promises.during.filter(({ kind }) => phase === 'before' && kind === 'isolated')
    const needs = [...promises[phase], ...isolated].map(
      (promise) => needOf(promise, { ...load, lengthMs: 0 }, confidenceIn({ looks }, phase))?.neededMs ?? 0,
    )
    const amplification = promises.during.some(({ kind }) => kind === 'amplification') ? (200 / rate) * 1_000 : 0
    const responses = Math.max(0, ...needs, phase === 'after' ? 0 : amplification) * room
    return Math.max(shortestPhaseMs, responses, ...promises[phase].map(probedFor))
  }
  const before = derived('before')
  const first = Math.min(...definition.faults.map((fault) => windowOf(fault).fromMs))
  // To see a recovery, the promises of `before` must be decided on what is left after its time is up.
  const recovery = promises.after.map((promise) => (promise.kind === 'recovers' ? ms(promise.within) + before : 0))
  const lengths = {
    before,
    during: Math.max(first + derived('during'), ...definition.faults.map(neededFor)),
    after: Math.max(derived('after'), ...recovery),
  }
  for (const phase of phases) {
    const said = definition.phases?.[phase]
    lengths[phase] = Math.round(said === undefined ? lengths[phase] : ms(said))
  }
  return lengths
}

function probedFor(promise: ScenarioPromise): number {
  return promise.kind === 'eventually' && promise.within !== undefined ? ms(promise.within) + probeRoomMs : 0
}

/** A fault has its time; one that comes and goes by itself comes at least twice. */
function neededFor(fault: Fault): number {
  const { fromMs, untilMs } = windowOf(fault)
  if (untilMs !== Number.POSITIVE_INFINITY) return untilMs
  return fromMs + (fault.kind === 'flapping' ? 2 * (ms(fault.down) + ms(fault.up)) : 0)
}

/** Where more responses could decide a promise, the phase is looked at more than once; not where its end is fixed. */
export function planLooks(
  faults: readonly Fault[],
  promises: Promises,
  planned: Record<Phase, number>,
): Record<Phase, number[]> {
  const surges = faults.some(({ kind }) => kind === 'surge')
  const ends = faults.some((fault) => fault.for !== undefined)
  // A surge has its place in the schedule of the load, so what comes before it is fixed, too.
  const fixed = { before: surges, during: surges || ends, after: false }
  const looks = (phase: Phase) => {
    const isOpen = !fixed[phase] && promises[phase].some((promise) => isDecidedByMore(promise, phase))
    return (isOpen ? extensions : [1]).map((times) => Math.round(planned[phase] * times))
  }
  return { before: looks('before'), during: looks('during'), after: looks('after') }
}

function isDecidedByMore({ kind }: ScenarioPromise, phase: Phase): boolean {
  return kind === 'share' || kind === 'latency' || kind === 'isolated' || (kind === 'recovers' && phase === 'after')
}
