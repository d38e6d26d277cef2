/**
 * What a change means to a consumer that was written against the old version and meets a provider that keeps the new one.
 * `breaking`: it may be surprised. `unknown`: nobody can tell, which is no better. `widening`: more is promised to it, or
 * less asked of it. `neutral`: nothing changes for it.
 */
export type ChangeKind = 'breaking' | 'unknown' | 'widening' | 'neutral'

export const changeKinds: readonly ChangeKind[] = ['breaking', 'unknown', 'widening', 'neutral']

export interface Change {
  kind: ChangeKind
  /** `request`, `normal`, `degraded`, `message`; `interaction` for what concerns all of it. */
  half: 'interaction' | 'request' | 'normal' | 'degraded' | 'message'
  /** The conditions under which the degraded half is felt: `comments: slow, unavailable`. */
  condition: string | null
  /** `body $.price.amount`, `header retry-after`, `status`, `within`, `stance`; `''` for the whole. */
  place: string
  /** `may now be null` */
  text: string
}

/** What has changed about one interaction or message. */
export interface ChangedInteraction {
  /** `browser → storefront / read an article` */
  key: string
  consumer: string
  provider: string
  name: string
  changes: Change[]
}

export interface Diff {
  /** Of all that either version holds, sorted by key; those without a change have an empty list. */
  interactions: ChangedInteraction[]
}

/** Whether a consumer may be surprised, or nobody can tell. */
export function isBreaking({ kind }: Change): boolean {
  return kind === 'breaking' || kind === 'unknown'
}
