import { ms } from '../../core/duration.ts'
import type { ProbeReading } from '../../record/record.ts'
import type { Phase } from '../../scenario/define.ts'
import type { HttpProbe, ScenarioPromise } from '../../scenario/promise.ts'
import { playedFaults } from '../timeline.ts'
import type { Scene } from './scene.ts'

/** What a probe read, and the phase in which it was to be asked, on the run's clock. */
export interface Asked {
  readings: readonly ProbeReading[]
  begin: number
  /** As far as it is known; not before the last reading. */
  end: number
}

/** A probe is asked about so often, ms: what came true between two readings is seen by the second. */
export const probeEveryMs = 250

/** The readings of a promise's probe, in the order they were taken. */
export function askedFor(
  { label }: Extract<ScenarioPromise, { kind: 'eventually' | 'never' }>,
  phase: Phase,
  scene: Scene,
): Asked {
  const { probes } = scene.scenario
  const readings = probes.find((probe) => probe.phase === phase && probe.label === label)?.readings ?? []
  const [begin, end] = boundsOf(phase, scene)
  return { readings, begin, end: Math.max(end, readings.at(-1)?.at ?? end) }
}

/**
 * `during` begins where its faults are counted from, and lasts as long as planned even if they come later or are gone before:
 * so long its probes are asked, and those of `after` only then.
 */
function boundsOf(phase: Phase, { scenario, classified: { timeline } }: Scene): [begin: number, end: number] {
  const startedAt = scenario.startedAt ?? 0
  const stopped = scenario.load?.endedAt ?? scenario.endedAt ?? startedAt
  const origins = scenario.faults.flatMap(({ asked, fault }) =>
    asked === null ? [] : [asked - ms(fault.from ?? '0ms')],
  )
  const origin = Math.min(stopped, ...(origins.length > 0 ? origins : [startedAt + scenario.planned.before]))
  const planned = origin + scenario.planned.during
  // Until then they are asked, whenever what was ended is back.
  const lastUndoAsked = Math.max(...playedFaults(scenario.faults).map((fault) => fault.undoAsked ?? Infinity))
  switch (phase) {
    case 'before':
      return [startedAt, origin]
    case 'during':
      return [origin, Math.min(stopped, Math.max(planned, lastUndoAsked))]
    case 'after':
      return [Math.min(stopped, Math.max(planned, timeline.undone)), stopped]
  }
}

/** A stored body that is shorter was not cut. */
const shortestCut = 500

/** Whether a reading is an answer of the kind that was asked for, whatever it says: the status, and JSON. */
export function isAnswer({ status, body }: ProbeReading, { status: wanted }: HttpProbe): boolean {
  return status !== null && isWanted(status, wanted ?? null) && isJson(body)
}

/** Any 2xx is, unless the probe names a status. */
export function isWanted(status: number, wanted: number | null): boolean {
  return wanted === null ? status >= 200 && status <= 299 : status === wanted
}

/** One that was cut is told by how it begins. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return body.length >= shortestCut && /^\s*[[{]/.test(body)
  }
}

const longestExcerpt = 160

/** `'answered 200: storeReads is 7'`, `'no answer: …'`: how a reading was, for reasons. */
export function describeReading({ status, issues }: ProbeReading): string {
  const said = status === null ? 'no answer' : `answered ${status}`
  return issues.length === 0 ? said : `${said}: ${issues.slice(0, 2).join('; ')}`
}

/** The beginning of what was answered, on one line. */
export function excerptOf({ body }: ProbeReading): string {
  const line = body.replace(/\s+/g, ' ').trim()
  return line.length <= longestExcerpt ? line : `${line.slice(0, longestExcerpt)}…`
}
