import type { Change } from '../change.ts'
import type { Excess } from '../schema/comparison.ts'
import { excess } from '../schema/excess.ts'
import { listOf } from '../schema/words.ts'
import type { Demand } from '../version.ts'
import { placeOf } from './place.ts'

/** Where a change is, but for the place within. */
export type Where = Pick<Change, 'half' | 'condition'>

/** `answer`: a provider gives it, and may give no more than before. `request`: a consumer gives it, and may no less. */
export type Direction = 'answer' | 'request'

export interface Pair {
  older: Demand
  newer: Demand
}

/** What has changed between two demands, at most one line for each place. */
export function compareDemands({ older, newer }: Pair, direction: Direction, where: Where): Change[] {
  if (older.text === newer.text) return []
  const more = byPlace(excess(newer.schema, older.schema))
  const less = byPlace(excess(older.schema, newer.schema))
  const [harm, gain] = direction === 'answer' ? [more, less] : [less, more]
  const [now, before] = direction === 'answer' ? ['may now', 'can no longer'] : ['can no longer', 'may now']
  const changes = [
    ...[...harm].map(([place, found]) => tell({ place, found, verb: now, other: gain.get(place) ?? [] }, 'breaking')),
    ...[...gain]
      .filter(([place]) => !harm.has(place))
      .map(([place, found]) => tell({ place, found, verb: before, other: [] }, 'widening')),
  ]
  return changes.map((change) => ({ ...where, ...change }))
}

interface Told {
  place: string
  found: readonly Excess[]
  verb: string
  /** What is different the other way round. */
  other: readonly Excess[]
}

function tell(
  { place, found, verb, other }: Told,
  kind: 'breaking' | 'widening',
): Pick<Change, 'kind' | 'place' | 'text'> {
  const sure = found.filter(({ isSure }) => isSure)
  if (sure.length === 0) {
    const why = [...new Set(found.map(({ what }) => what))].join('; ')
    return kind === 'breaking' ? { kind: 'unknown', place, text: why } : { kind, place, text: `may say more: ${why}` }
  }
  // What was missing is there, and what was there is missing: that goes without saying.
  const instead = wordsOf(other.filter(({ isSure, what }) => isSure && !['be there', 'be missing'].includes(what)))
  const swapped = verb === 'may now' ? `, and no longer ${instead}` : `, it is to ${instead}`
  return { kind, place, text: `${verb} ${wordsOf(sure)}${instead === '' ? '' : swapped}` }
}

/** `be null or a number, have other fields` */
function wordsOf(found: readonly Excess[]): string {
  const words = [...new Set(found.map(({ what }) => what))]
  const all = words.filter((what) => what.startsWith('be ')).map((what) => what.slice('be '.length))
  // What nobody speaks of may be anything, if it is there at all.
  const kinds = all.includes('missing') ? all.filter((what) => what !== 'anything') : all
  const others = words.filter((what) => !what.startsWith('be '))
  return [...(kinds.length > 0 ? [`be ${listOf(kinds, 'or')}`] : []), ...others].join(', ')
}

function byPlace(found: readonly Excess[]): Map<string, Excess[]> {
  return Map.groupBy(found, ({ path }) => placeOf(path))
}

/** Whether the newer demand allows nothing that the older one does not. */
export function isWithin(newer: Demand, older: Demand): boolean {
  return older.text === newer.text || excess(newer.schema, older.schema).length === 0
}
