import { formatMs, ms } from '../../core/duration.ts'
import { describePromise, type ScenarioPromise, share } from '../../scenario/promise.ts'
import { confidenceIn } from '../confidence.ts'
import { responses, whole } from '../figures.ts'
import { type CountedPromise, isCounted, statusOf, type Tally } from './counted.ts'
import type { Finding, Scene } from './scene.ts'
import { gridMs, tailsOf } from './tails.ts'

/** Recovered means: from then on, to the end of the phase, the promises of `before` are kept. */
export function judgeRecovers(promise: Extract<ScenarioPromise, { kind: 'recovers' }>, scene: Scene): Finding {
  if (scene.classified.timeline.undone === Infinity) return finding('undecided', 'the fault was not undone', null, 0)
  const tracks = normalPromises(scene.scenario.promises.before).map((each) => ({
    promise: each,
    tails: tailsOf(each, scene),
  }))
  const at = ({ tails }: (typeof tracks)[number], step: number) => tails[step] ?? nothing
  const seen = Math.max(...tracks.map((track) => at(track, 0).responses))
  if (seen === 0) return finding('undecided', 'no response was sent after the fault was undone', null, 0)

  const normal = scene.scenario.promises.before.some(isCounted)
    ? 'the promises of "before" are kept'
    : `"${describePromise(stand)}" is kept (nothing is promised of "before")`
  const confidence = confidenceIn(scene.scenario, 'after')
  const holds = (step: number) =>
    tracks.every((track) => statusOf(track.promise, at(track, step), confidenceOfStart(confidence)) === 'kept')
  const first = firstStep(Math.max(...tracks.map(({ tails }) => tails.length)), holds)
  const recovered = first === null ? null : first * gridMs
  const limit = ms(promise.within)
  // Whoever tries every step finds a lucky one sooner or later: only from these it is decided, all others only tell.
  const starts = [0, limit / 2, limit].map((start) => Math.floor(start / gridMs))
  if (recovered !== null && starts.some(holds))
    return finding('kept', `from ${formatMs(recovered)} after the fault was undone ${normal} again`, recovered, seen)

  const late = recovered === null ? '' : `; only from ${formatMs(recovered)} on ${normal} again`
  const due = Math.ceil(limit / gridMs)
  const sent = (count: number) => `${responses(count)} sent ${formatMs(limit)} or later after the fault was undone`
  const broken = tracks.find((track) => statusOf(track.promise, at(track, due), confidence) === 'broken')
  if (broken) {
    const tail = at(broken, due)
    const what = `${whole(tail.violations)} of ${sent(tail.responses)} violate "${describePromise(broken.promise)}"`
    return finding('broken', what + late, recovered, seen)
  }
  const left = Math.max(...tracks.map((track) => at(track, due).responses))
  return finding('undecided', `${sent(left)} cannot tell whether ${normal} again${late}`, recovered, seen)
}

const nothing: Tally = { responses: 0, violations: 0 }
const stand = share('full').atLeast(0.95)

/** How sure a recovery is of what it sees from each of its three starts: they share the error of the look. */
export function confidenceOfStart(confidence: number): number {
  return 1 - (1 - confidence) / 3
}

/** What a system that is well keeps. Where nothing is promised of `before`, a modest promise stands in. */
export function normalPromises(before: readonly ScenarioPromise[]): CountedPromise[] {
  const promised = before.filter(isCounted)
  return promised.length > 0 ? promised : [stand].filter(isCounted)
}

function firstStep(steps: number, holds: (step: number) => boolean): number | null {
  for (let step = 0; step < steps; step++) if (holds(step)) return step
  return null
}

function finding(status: Finding['status'], reason: string, observed: number | null, seen: number): Finding {
  return { status, reason, responses: seen, violations: null, observed, interval: null, unit: 'ms' }
}
