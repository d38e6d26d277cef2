import { canonicalJson } from '../../contract/fingerprint.ts'
import type { ContractFile } from '../../contract/compile.ts'
import type { Contract, InteractionDefinition, MessageDefinition } from '../../contract/define.ts'
import { placeholders } from '../../contract/fill.ts'
import { halvesOf, withinMs } from '../../contract/halves.ts'
import { interactionKey } from '../../contract/terms.ts'
import { ms } from '../../core/duration.ts'
import { sayRequest } from '../../pact/emit/request.ts'
import { requestOf } from '../pact/request.ts'
import { record } from '../schema/parts.ts'
import { placed } from '../schema/placed.ts'
import type { Demand, InteractionVersion, MessageVersion, Source, Version } from '../version.ts'
import { answerOf } from './answer.ts'
import { seenSchema } from './seen-schema.ts'

/** What a valid contract says. */
export function versionOfContract({ file, contract }: ContractFile): Version {
  const source: Source = { kind: 'contract', file }
  return {
    interactions: Object.entries(contract.interactions).map(([name, interaction]) =>
      interactionOf(name, interaction, { contract, source }),
    ),
    messages: Object.entries(contract.messages ?? {}).map(([name, message]) =>
      messageOf(name, message, { contract, source }),
    ),
  }
}

interface Around {
  contract: Contract
  source: Source
}

function interactionOf(
  name: string,
  interaction: InteractionDefinition,
  { contract, source }: Around,
): InteractionVersion {
  const { consumer, provider, otherwise } = contract
  const { given = null, response, recovers } = interaction
  const { demands, texts, stances } = halvesOf(interaction, otherwise)
  const recoversMs = recovers === undefined ? 0 : ms(recovers)
  const key = interactionKey(consumer, provider, name)
  const terms = {
    id: 0,
    key,
    consumer,
    provider,
    name,
    given,
    withinMs: withinMs(response),
    recoversMs,
    halves: texts,
    stances,
  }
  return {
    source,
    terms,
    states: given ?? '',
    request: requestDemand(interaction),
    halves: demands.map(answerOf),
    recoversMs,
  }
}

/** The request as its pact would have it: any value in its places. */
function requestDemand({ request, parameters = {}, rows = [] }: InteractionDefinition): Demand {
  const names = Object.fromEntries(placeholders(request).map((name) => [name, name]))
  const said = sayRequest(request, { row: { ...names, ...parameters, ...rows[0] }, fromState: new Set() })
  return { schema: requestOf(said), text: canonicalJson([request, parameters, rows]) }
}

function messageOf(name: string, message: MessageDefinition, { contract, source }: Around): MessageVersion {
  const { consumer, provider } = contract
  const { given = '', contents, metadata = {} } = message
  const values = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, { const: value }]))
  const schema = record({ contents: placed(seenSchema(contents), '/properties/contents'), metadata: record(values) })
  const key = interactionKey(consumer, provider, name)
  return {
    source,
    key,
    consumer,
    provider,
    name,
    states: given,
    asked: null,
    sent: { schema, text: canonicalJson(schema) },
  }
}
