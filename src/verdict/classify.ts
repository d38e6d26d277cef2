import type { Terms } from '../contract/terms.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import type { SampleTable } from '../load/sample.ts'
import type { ScenarioRecord } from '../record/record.ts'
import { type Phase, phases } from '../scenario/define.ts'
import { type ResponseClass, responseClasses } from '../scenario/promise.ts'
import { Meetings } from './meetings.ts'
import { patienceIn } from './patience.ts'
import { classIn, Regimes } from './regime.ts'
import { calmFrom, phaseAt, phaseOf, playedFaults, type Timeline, timelineOf } from './timeline.ts'
import type { ScenarioVerdict } from './verdict.ts'

/** The responses of a scenario, each in its class: the one place where samples meet the timeline of faults. */
export interface Classified {
  timeline: Timeline
  /** One code a sample; read it with `classOfCode`, `codesOfPhase`. */
  codes: Uint8Array
  counts: ScenarioVerdict['counts']
  /** How long the responses that are left out of `during`, by their index, had been under way when a fault changed, ms. */
  waited: ReadonlyMap<number, number>
  /** Arrivals that were sent and never ended: broken, but without a sample. */
  neverEnded: { phase: Phase; count: number }
  meetings: Meetings
}

/** phase × 4 + class; from here on the response is left out of all shares, and the rest is the phase it was sent in. */
const leftOut = phases.length * responseClasses.length

export function codeOf(phase: Phase, responseClass: ResponseClass): number {
  return phases.indexOf(phase) * responseClasses.length + responseClasses.indexOf(responseClass)
}
/** First and last code of a phase, without those left out. */
export function codesOfPhase(phase: Phase): [first: number, last: number] {
  return [codeOf(phase, 'full'), codeOf(phase, 'broken')]
}
/** `null` for a response that is left out. */
export function classOfCode(code: number): ResponseClass | null {
  return code >= leftOut ? null : (responseClasses[code % responseClasses.length] as ResponseClass)
}
/** O(samples), once. Throws a `BrownoutError` for a sample of an interaction that the terms do not have. */
export function classify(scenario: ScenarioRecord, terms: Terms, samples: SampleTable): Classified {
  const faults = playedFaults(scenario.faults)
  const timeline = timelineOf(faults)
  const regimes = new Regimes(terms, faults)
  const meetings = new Meetings(faults, 1 + Math.max(-1, ...terms.interactions.map(({ id }) => id)))
  const patience = patienceIn(terms)
  const waited = new Map<number, number>()
  const codes = new Uint8Array(samples.length)
  const tally = new Float64Array(leftOut + phases.length)

  for (let index = 0; index < samples.length; index++) {
    const interaction = samples.interaction(index)
    const from = samples.sentAt(index)
    const took = samples.took(index)
    const to = from + took
    const regime = regimes.at(interaction, from, to)
    if (regime === undefined) throw unknownInteraction(scenario.name, interaction)
    const keeps = samples.error(index) === 0 ? samples.keeps(index) : 0
    const responseClass = classIn(regime, keeps, took)
    const phase = phaseOf(timeline, from, to)
    let code = codeOf(phase ?? 'during', responseClass)
    if (phase === null) {
      const sentIn = phaseAt(timeline, from)
      const waitedMs = sentIn === 'during' ? calmFrom(timeline, from) : 0
      // What hung while a fault was there did not do what was declared for it.
      if (waitedMs > (patience.get(interaction) ?? Infinity))
        meetings.note(regime, { interaction, from, to: from, class: 'broken', keeps: 0 })
      // What overlaps a change may keep either side; what keeps neither is broken.
      if (responseClass !== 'broken') {
        code = leftOut + phases.indexOf(sentIn)
        if (waitedMs > 0) waited.set(index, waitedMs)
      }
    }
    if (phase === 'during' && regime.felt.length > 0)
      meetings.note(regime, { interaction, from, to, class: responseClass, keeps })
    codes[index] = code
    tally[code] = (tally[code] as number) + 1
  }

  const neverEnded = findNeverEnded(scenario, samples, timeline)
  const counts = countsOf(tally)
  counts[neverEnded.phase].broken += neverEnded.count
  return { timeline, codes, counts, waited, neverEnded, meetings }
}

function findNeverEnded({ load }: ScenarioRecord, samples: SampleTable, timeline: Timeline): Classified['neverEnded'] {
  if (load === null) return { phase: 'during', count: 0 }
  const phase = phaseOf(timeline, load.endedAt, load.endedAt) ?? 'during'
  return { phase, count: Math.max(0, load.started - samples.length) }
}

function countsOf(tally: Float64Array): ScenarioVerdict['counts'] {
  const of = (phase: Phase) => ({
    full: tally[codeOf(phase, 'full')] as number,
    reduced: tally[codeOf(phase, 'reduced')] as number,
    refused: tally[codeOf(phase, 'refused')] as number,
    broken: tally[codeOf(phase, 'broken')] as number,
    leftOut: tally[leftOut + phases.indexOf(phase)] as number,
  })
  return { before: of('before'), during: of('during'), after: of('after') }
}

function unknownInteraction(scenario: string, id: number): BrownoutError {
  return new BrownoutError(
    'SAMPLES_DO_NOT_MATCH',
    `Failed to judge "${scenario}": a response belongs to interaction ${id}, which the stored terms do not have.`,
    { exitCode: exitCodes.inconclusive, hint: 'Run the scenario again: its files belong to different runs.' },
  )
}
