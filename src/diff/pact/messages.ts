import type { Json } from '../../contract/define.ts'
import { canonicalJson } from '../../contract/fingerprint.ts'
import { interactionKey } from '../../contract/terms.ts'
import { Rules } from '../../pact/match/rules.ts'
import type { Pact, PactInteraction, PactMessage } from '../../pact/model.ts'
import type { Schema } from '../schema/case.ts'
import { record } from '../schema/parts.ts'
import type { Demand, MessageVersion, Source } from '../version.ts'
import type { OtherFields } from './json.ts'
import { bodySchema } from './parts.ts'
import { statesOf } from './states.ts'
import { valueSchema } from './value.ts'

export function messagesOf(pact: Pact, source: Source, nameOf: (one: PactInteraction) => string): MessageVersion[] {
  const { consumer, provider } = pact
  return pact.interactions.flatMap((one): MessageVersion[] => {
    if (one.kind === 'http') return []
    const name = nameOf(one)
    const key = interactionKey(consumer, provider, name)
    const known = { source, key, consumer, provider, name, states: statesOf(one) }
    if (one.kind === 'message') return [{ ...known, asked: null, sent: demandOf([one.message], 'allowed') }]
    return [{ ...known, asked: demandOf([one.request], 'forbidden'), sent: demandOf(one.responses, 'allowed') }]
  })
}

/** One message as it is, and several one after the other. */
function demandOf(messages: readonly PactMessage[], others: OtherFields): Demand {
  const schemas = messages.map((message) => messageSchema(message, others))
  const [only = true, ...more] = schemas
  const schema =
    more.length === 0 ? only : record(Object.fromEntries(schemas.map((one, index) => [`${index + 1}`, one])))
  return { schema, text: canonicalJson(messages.map((message) => ({ ...message, generators: null }))) }
}

function messageSchema({ contents, metadata, rules }: PactMessage, others: OtherFields): Schema {
  const root = Rules.of(rules.metadata)
  const values = Object.entries(metadata).map(([name, value]: [string, Json]): [string, Schema] => [
    name,
    valueSchema(value, root.at(name).chosen),
  ])
  return record({
    contents: bodySchema(contents, rules.contents, others),
    metadata: record(Object.fromEntries(values)),
  })
}
