import type { ConditionKey } from './condition.ts'

/** The stance on one condition, without its schema: `bit` says where in `keeps` its half is found. */
export interface StanceTerms {
  /** As it was written: `'comments: unavailable'`, or `'otherwise'`. */
  text: string
  when: ConditionKey | 'otherwise'
  kind: 'unaffected' | 'reduced' | 'refused'
  /** `null` for `unaffected`. */
  bit: number | null
  withinMs: number | null
}

export interface InteractionTerms {
  /** Number of the interaction in samples. */
  id: number
  /** `'browser → storefront / read an article'` */
  key: string
  consumer: string
  provider: string
  name: string
  given: string | null
  /** Deadline of the normal half. */
  withinMs: number | null
  recoversMs: number
  /** What each bit of `keeps` means, in words; bit 0 is the normal half, at most 31 entries. */
  halves: string[]
  stances: StanceTerms[]
}

/**
 * What a verdict must know of the contracts: plain data, stored with each run, so that a run can be judged again where
 * the contracts are not at hand. Samples made under another `hash` must not be judged with it.
 */
export interface Terms {
  hash: string
  interactions: InteractionTerms[]
}

/** The name of an interaction everywhere outside its contract. */
export function interactionKey(consumer: string, provider: string, name: string): string {
  return `${consumer} → ${provider} / ${name}`
}

/** The name with its arrow as we write it; users may write `->`. */
export function normalKey(text: string): string {
  return text.replace(/\s*(?:→|->)\s*/, ' → ').trim()
}
