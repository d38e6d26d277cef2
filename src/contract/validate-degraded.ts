import { nearest } from '../core/nearest.ts'
import { type ConditionKey, conditions, parseConditionKey } from './condition.ts'
import { demandsOf, sameHeaderDemand } from './halves.ts'
import type { Place } from './place.ts'
import type { Half, Stance } from './stance.ts'
import { checkStance } from './validate-half.ts'

/** Whose contract the lines stand in. */
export interface Around {
  consumer: unknown
  provider: unknown
}

/** Faults that are easily taken for the condition they cause. */
const conditionOf: ReadonlyMap<string, string> = new Map([
  ['down', 'unavailable'],
  ['kill', 'unavailable'],
  ['reset', 'unavailable'],
  ['timeout', 'unavailable'],
  ['latency', 'slow'],
])

/** Reports what is wrong with the lines of `degraded`; `normal` is the normal half where it is valid. */
export function checkDegraded(place: Place, value: unknown, normal: Half | undefined, around: Around): void {
  const seen = new Map<string, string>()
  for (const [text, line] of Object.entries(place.record(value, null, 'degraded') ?? {})) {
    const here = place.at(text)
    const key = parseConditionKey(text)
    const stance = checkStance(here, line)
    if (!key) here.report(`"${text}" names no dependency and condition`, hintFor(text))
    else {
      const meaning = `${key.consumer ?? ''}→${key.dependency}: ${key.condition}`
      const same = seen.get(meaning)
      if (same !== undefined) here.report(`says the same as "${same}"`)
      seen.set(meaning, text)
      if (stance?.kind === 'reduced' && speaksOfProvider(key, around))
        here.report(
          `${key.dependency} is the provider itself, which cannot answer for itself when it is broken`,
          `Name a dependency of it. If a door before it answers, name that edge: "door → ${text}".`,
        )
    }
    if (stance && normal) checkTells(here, stance, normal)
  }
}

function speaksOfProvider(key: ConditionKey, { consumer, provider }: Around): boolean {
  return key.dependency === provider && (key.consumer === undefined || key.consumer === consumer)
}

/** A reduced half must demand something that the normal half (unknown for `otherwise`) does not. */
export function checkTells(place: Place, stance: Stance, normal?: Half): void {
  if (stance.kind !== 'reduced') return
  const usual = demandsOf(normal ?? {}, normal ? [200] : [])
  const wanted = demandsOf(stance.half, usual.status)
  const tells =
    (wanted.body !== null && wanted.body !== usual.body) ||
    wanted.status.some((status) => !usual.status.includes(status)) ||
    wanted.headers.some(
      ([name, demand]) =>
        !usual.headers.some(([other, usually]) => name === other && sameHeaderDemand(demand, usually)),
    )
  if (!tells)
    place.report(
      'demands nothing by which the consumer can tell it from the normal answer',
      'Demand a marker in the body or in a header, or another status; or write unaffected().',
    )
}

function hintFor(text: string): string {
  if (text === 'otherwise') return 'Put "otherwise" beside "interactions": it speaks for the whole contract.'
  const colon = text.lastIndexOf(':')
  const [where, word] = colon === -1 ? [text.trim(), ''] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
  const meant = conditionOf.get(word) ?? nearest(word, conditions)
  if (where !== '' && meant !== undefined) return `Did you mean "${where}: ${meant}"?`
  return `Write "dependency: condition" or "consumer → dependency: condition"; a condition is ${conditions.join(', ')} or *.`
}
