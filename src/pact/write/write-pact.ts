import { canonicalJson } from '../../contract/fingerprint.ts'
import type { Pact, PactInteraction } from '../model.ts'
import { writeInteraction } from './write-interaction.ts'

/** Of the form that is described here. It changes when equal pacts are to be written in other bytes than before. */
const form = 1

/**
 * A pact as a V4 file. Equal pacts are equal in every byte: keys and interactions stand in a fixed order, and nothing is
 * in it that changes from one time or machine to another.
 */
export function writePact(pact: Pact): string {
  const written = {
    consumer: { name: pact.consumer },
    provider: { name: pact.provider },
    interactions: inWrittenOrder(pact.interactions).map(writeInteraction),
    metadata: { pactSpecification: { version: '4.0' }, brownout: { form } },
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

/**
 * By provider states, the last first, then by description: stock tools verify in this order, and what needs the same fault
 * to be in force stands together.
 */
export function inWrittenOrder(interactions: readonly PactInteraction[]): PactInteraction[] {
  return interactions
    .map((one) => ({ one, keys: [canonicalJson(one.states.toReversed()), one.description, canonicalJson(one)] }))
    .toSorted((a, b) => compare(a.keys, b.keys))
    .map(({ one }) => one)
}

function compare(a: readonly string[], b: readonly string[]): number {
  const [one = '', ...others] = a
  const [two = '', ...rest] = b
  if (one !== two) return one < two ? -1 : 1
  return others.length === 0 ? 0 : compare(others, rest)
}
