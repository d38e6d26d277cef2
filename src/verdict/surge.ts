import { normalKey } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { Surge } from '../fault/vocabulary.ts'
import type { SampleTable } from '../load/sample.ts'
import type { ScenarioRecord } from '../record/record.ts'
import { amount, percent, whole } from './figures.ts'
import type { Scene } from './promises/scene.ts'
import { timesOf } from './timeline.ts'
import type { Witness } from './verdict.ts'

type Parts = Pick<Witness, 'crossedBefore' | 'canary' | 'touched'>

/** Share of the planned arrivals that is surge enough. */
const fewest = 0.9

/**
 * A surge is felt by no canary: the responses tell. That interaction was in use before it, it came about as often as it was
 * meant to and clearly more often than without it, and whatever else was sent met it.
 */
export function witnessSurge(fault: FaultRecord, surge: Surge, { scenario, terms, samples }: Scene): Parts {
  const key = normalKey(surge.of)
  const id = terms.interactions.find((interaction) => interaction.key === key)?.id ?? unknown
  const { asked, inForce, undoAsked } = timesOf(fault)
  const seconds = (undoAsked - inForce) / 1_000
  if (!Number.isFinite(seconds)) {
    const nothing = { seen: false, text: 'it was not seen to come and go' }
    return { crossedBefore: nothing, canary: nothing, touched: nothing }
  }
  const before = count(samples, -Infinity, asked, id)
  const came = count(samples, inForce, undoAsked, id)
  const planned = seconds * usualRate(key, scenario) + plannedBy(key, [inForce, undoAsked], scenario)
  // Which interaction an arrival is, is drawn: few of them may miss the mark by chance alone.
  const near = Math.min(fewest * planned, planned - 3 * Math.sqrt(planned))
  const clear = planned - (seconds * surge.rate) / 2
  const all = count(samples, inForce, undoAsked, null)
  return {
    crossedBefore: { seen: before > 0, text: `${amount(before, 'arrival')} of "${key}" came before it` },
    canary: {
      seen: planned > 0 && came >= Math.max(near, clear),
      text: `${amount(came, 'arrival')} of "${key}" came during it, ${percent(came / (planned || 1), [0, 1])} of the ${whole(Math.round(planned))} planned`,
    },
    touched: { seen: all > 0, text: `${amount(all, 'arrival')} of all kinds met it` },
  }
}

/** Arrivals a second of an interaction when nothing surges. */
function usualRate(key: string, { rate, interactions }: ScenarioRecord): number {
  const all = interactions.reduce((sum, { weight }) => sum + weight, 0)
  const own = interactions.find((interaction) => interaction.key === key)?.weight ?? 0
  return all > 0 ? ((rate ?? 0) * own) / all : 0
}

/** Arrivals of an interaction that its surges, however many, add in a span of time. */
function plannedBy(key: string, [from, to]: readonly [number, number], { faults }: ScenarioRecord): number {
  return faults.reduce((sum, record) => {
    const { fault } = record
    if (fault.kind !== 'surge' || normalKey(fault.of) !== key) return sum
    const { inForce, undoAsked } = timesOf(record)
    const shared = Math.min(to, undoAsked) - Math.max(from, inForce)
    return sum + Math.max(0, shared / 1_000) * fault.rate
  }, 0)
}

/** No sample has it. */
const unknown = -1

/** Samples sent in [from, to); of one interaction unless it is `null`. */
function count(samples: SampleTable, from: number, to: number, interaction: number | null): number {
  let found = 0
  for (let index = 0; index < samples.length; index++) {
    const sentAt = samples.sentAt(index)
    if (sentAt >= from && sentAt < to && (interaction === null || samples.interaction(index) === interaction)) found++
  }
  return found
}
