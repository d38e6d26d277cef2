import { canonicalJson } from '../../contract/fingerprint.ts'
import type { Change, ChangedInteraction, Diff } from '../change.ts'
import type { InteractionVersion, MessageVersion, Version } from '../version.ts'
import { compareInteractions, compareMessages } from './interaction.ts'
import { type Known, type Pair, pairUp } from './pairs.ts'

/** What has changed between two versions, from the side of those who consume the older one. */
export function compareVersions(older: Version, newer: Version): Diff {
  const interactions = pairUp(older.interactions, newer.interactions, knownInteraction)
  const messages = pairUp(older.messages, newer.messages, knownMessage)
  const changed = [
    ...interactions.map((pair) => changesOf(pair, compareInteractions)),
    ...messages.map((pair) => changesOf(pair, compareMessages)),
  ]
  return { interactions: changed.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
}

function changesOf<One>(
  { before, now, names, renamedFrom }: Pair<One>,
  compare: (before: One, now: One) => Change[],
): ChangedInteraction {
  const { key, consumer, provider, name } = names
  const own = { half: 'interaction', condition: null, place: '' } as const
  const renamed: Change[] =
    renamedFrom === null ? [] : [{ ...own, kind: 'neutral', text: `was called "${renamedFrom}"` }]
  const changes = (): Change[] => {
    if (before === null) return [{ ...own, kind: 'widening', text: 'is new' }]
    if (now === null) return [{ ...own, kind: 'breaking', text: 'is gone' }]
    return compare(before, now)
  }
  return { key, consumer, provider, name, changes: [...renamed, ...changes()] }
}

function knownInteraction({ terms, states, request }: InteractionVersion): Known {
  const { key, consumer, provider, name } = terms
  return { key, consumer, provider, name, identity: canonicalJson([consumer, provider, states, request.schema]) }
}

/** Several messages may well have the same form: only the name tells them apart. */
function knownMessage({ key, consumer, provider, name }: MessageVersion): Known {
  return { key, consumer, provider, name, identity: key }
}
