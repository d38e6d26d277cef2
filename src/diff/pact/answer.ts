import { canonicalJson } from '../../contract/fingerprint.ts'
import { portable } from '../../pact/emit/schema/portable-pattern.ts'
import type { PactResponse } from '../../pact/model.ts'
import { answerSchema, type HeaderPart } from '../schema/parts.ts'
import type { Demand } from '../version.ts'
import { bodySchema, headerParts, statusSchema } from './parts.ts'

/** What our own pacts say of every answer with a body, for stock tools: to demand JSON says so, too. */
const jsonType = portable(String.raw`^application\/json($|\s*;)`, 'i')

/** A response of a pact as one demand. */
export function answerOf(response: PactResponse): Demand {
  const { headers, body, rules } = response
  const { 'content-type': type, ...others } = headerParts(headers, rules.headers)
  const isImplied = body.kind === 'json' && type !== undefined && isJsonType(type)
  const schema = answerSchema({
    status: statusSchema(response),
    headers: type === undefined || isImplied ? others : { ...others, 'content-type': type },
    body: bodySchema(body, rules.body, 'allowed'),
  })
  return { schema, text: canonicalJson({ ...response, generators: null }) }
}

function isJsonType({ schema }: HeaderPart): boolean {
  return typeof schema === 'object' && schema.pattern === jsonType
}
