import { canonicalJson } from '../../contract/fingerprint.ts'
import type { Pact } from '../model.ts'
import type { PactPlace } from './place.ts'

/**
 * Notes interactions that cannot be told apart. It is no problem: each can be verified by itself. But a report names
 * them alike, and a stub cannot know which of them is meant.
 */
export function noteTwins({ interactions }: Pact, place: PactPlace): void {
  const named = new Set<string>()
  const asked = new Map<string, string>()
  for (const one of interactions) {
    const { kind, description, states } = one
    const name = canonicalJson([kind, description, states])
    if (named.has(name)) place.note(`two interactions are called "${description}" and have the same provider states`)
    named.add(name)
    if (kind === 'message') continue
    const request = canonicalJson([kind, one.request, states])
    const other = asked.get(request)
    if (other !== undefined) place.note(`"${description}" asks the same as "${other}", in the same provider states`)
    else asked.set(request, description)
  }
}
