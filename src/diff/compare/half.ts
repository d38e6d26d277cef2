import { formatMs } from '../../core/duration.ts'
import type { StanceTerms } from '../../contract/terms.ts'
import { type Change, isBreaking } from '../change.ts'
import type { InteractionVersion } from '../version.ts'
import { compareDemands, isWithin, type Where } from './demands.ts'
import type { StancePair } from './stances.ts'

type StanceKind = StanceTerms['kind'] | 'undeclared'

/** The stronger, the more a consumer keeps of what it is used to. */
const strength: Record<StanceKind, number> = { undeclared: 0, refused: 1, reduced: 2, unaffected: 3 }

/** The normal half: what is answered, and how soon. */
export function compareNormal(older: InteractionVersion, newer: InteractionVersion): Change[] {
  const where: Where = { half: 'normal', condition: null }
  const [before, now] = [older.halves[0], newer.halves[0]]
  return [
    ...(before && now ? compareDemands({ older: before, newer: now }, 'answer', where) : []),
    ...compareLimit('within', { before: older.terms.withinMs, now: newer.terms.withinMs }, where),
  ]
}

/** What both versions say of the same conditions. */
export function compareStances(pair: StancePair, older: InteractionVersion, newer: InteractionVersion): Change[] {
  const where: Where = { half: 'degraded', condition: pair.condition }
  const [before, now]: [StanceKind, StanceKind] = [pair.older?.kind ?? 'undeclared', pair.newer?.kind ?? 'undeclared']
  if (before !== now) {
    const text = `was ${before}, is now ${now}`
    const stance = { ...where, place: 'stance' }
    if (strength[now] < strength[before]) return [{ ...stance, kind: 'breaking', text }]
    if (before === 'undeclared') return [{ ...stance, kind: 'widening', text }]
    // A stronger stance may still take longer than the weaker one did.
    const slower = compareLimit('within', limits(pair, older, newer), where).filter(isBreaking)
    if (isKnown(pair, older, newer)) return [{ ...stance, kind: 'widening', text }, ...slower]
    return [{ ...stance, kind: 'breaking', text: `${text}, with an answer that no half allowed before` }]
  }
  const [half, other] = [halfOf(pair.older, older), halfOf(pair.newer, newer)]
  if (!half || !other) return []
  return [
    ...compareDemands({ older: half, newer: other }, 'answer', where),
    ...compareLimit('within', limits(pair, older, newer), where),
  ]
}

function limits(pair: StancePair, older: InteractionVersion, newer: InteractionVersion) {
  return { before: limitOf(pair.older, older), now: limitOf(pair.newer, newer) }
}

function limitOf(stance: StanceTerms | null, { terms }: InteractionVersion): number | null {
  return stance?.kind === 'unaffected' ? terms.withinMs : (stance?.withinMs ?? null)
}

/** Whether the consumer has met the new answer in some half of the old version: which one is in force it cannot see. */
function isKnown({ newer: stance }: StancePair, older: InteractionVersion, newer: InteractionVersion): boolean {
  const half = halfOf(stance, newer)
  return half === undefined || older.halves.some((known) => isWithin(half, known))
}

function halfOf(stance: StanceTerms | null, { halves }: InteractionVersion) {
  return stance === null || stance.bit === null ? undefined : halves[stance.bit]
}

/** A time that a provider has: `null` is as long as it likes. */
export function compareLimit(
  place: string,
  { before, now }: { before: number | null; now: number | null },
  where: Where,
): Change[] {
  if (before === now) return []
  const [was, is] = [before, now].map((limit) => (limit === null ? 'without a limit' : formatMs(limit)))
  const isLonger = (now ?? Infinity) > (before ?? Infinity)
  return [{ ...where, kind: isLonger ? 'breaking' : 'widening', place, text: `was ${was}, is now ${is}` }]
}
