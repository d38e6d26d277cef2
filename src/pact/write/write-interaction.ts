import { createHash } from 'node:crypto'
import type { Json } from '../../contract/define.ts'
import type { PactInteraction, PactMessage, PactRequest, PactResponse, ProviderState } from '../model.ts'
import { typeInHeaders, typeInMetadata } from '../read/content-type.ts'
import { filled, given } from './sorted.ts'
import { writeBody } from './write-body.ts'
import { writeGenerators } from './write-generators.ts'
import { writeMessageRules, writeRequestRules, writeResponseRules } from './write-rules.ts'

/** An interaction as V4 has it. Its `key` is a hash of all the rest, so that equal ones have the same in every file. */
export function writeInteraction(interaction: PactInteraction): Json {
  const { type, parts } = writeParts(interaction)
  const rest = given({
    description: interaction.description,
    pending: interaction.pending,
    providerStates: interaction.states.length === 0 ? undefined : interaction.states.map(writeState),
    comments: filled(interaction.comments),
    ...parts,
  })
  const key = createHash('sha256').update(JSON.stringify({ type, ...rest }))
  return { type, key: key.digest('hex').slice(0, 16), ...rest }
}

function writeParts(interaction: PactInteraction): { type: string; parts: Record<string, Json> } {
  switch (interaction.kind) {
    case 'http':
      return {
        type: 'Synchronous/HTTP',
        parts: { request: writeRequest(interaction.request), response: writeResponse(interaction.response) },
      }
    case 'message':
      return { type: 'Asynchronous/Messages', parts: writeMessage(interaction.message) }
    case 'synchronous message':
      return {
        type: 'Synchronous/Messages',
        parts: { request: writeMessage(interaction.request), response: interaction.responses.map(writeMessage) },
      }
  }
}

function writeState({ name, params }: ProviderState): Json {
  return given({ name, params: filled(params) })
}

function writeRequest({ method, path, query, headers, body, rules, generators }: PactRequest): Json {
  return given({
    method,
    path,
    query: filled(query),
    headers: filled(headers),
    body: writeBody(body, typeInHeaders(headers)),
    matchingRules: writeRequestRules(rules, { query, headers }),
    generators: writeGenerators(generators),
  })
}

function writeResponse({ status, headers, body, rules, generators }: PactResponse): Json {
  return given({
    status,
    headers: filled(headers),
    body: writeBody(body, typeInHeaders(headers)),
    matchingRules: writeResponseRules(rules, headers),
    generators: writeGenerators(generators),
  })
}

function writeMessage({ contents, metadata, rules, generators }: PactMessage): Record<string, Json> {
  return given({
    contents: writeBody(contents, typeInMetadata(metadata)),
    metadata: filled(metadata),
    matchingRules: writeMessageRules(rules),
    generators: writeGenerators(generators),
  })
}
