import type { JsonSchema } from '../../contract/wire-schema.ts'
import { hidden, plain, type Schema } from './case.ts'

/** A header that must be there, or may be. */
export interface HeaderPart {
  schema: Schema
  isRequired: boolean
}

export interface AnswerParts {
  status: Schema
  /** By name, in lower case. */
  headers: Readonly<Record<string, HeaderPart>>
  body: Schema
}

/** An answer as one object; headers that nobody speaks of may come too. */
export function answerSchema({ status, headers, body }: AnswerParts): Schema {
  return record({ status, headers: headerSchema(headers), body })
}

export interface RequestParts {
  method: Schema
  path: Schema
  query: Readonly<Record<string, Schema>>
  headers: Readonly<Record<string, HeaderPart>>
  /** `null` where there is none. */
  body: Schema | null
}

/** A request as one object: no parameter is sent but those that are named, as the mock has it. */
export function requestSchema({ method, path, query, headers, body }: RequestParts): Schema {
  const parts = {
    method,
    path,
    query: { ...record(query), additionalProperties: false },
    headers: headerSchema(headers),
  }
  return { ...record(body === null ? parts : { ...parts, body }), additionalProperties: false }
}

/** An object that has these fields, and maybe others. */
export function record(parts: Readonly<Record<string, Schema>>): JsonSchema {
  const properties = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, plain(part)]))
  return { type: 'object', properties, required: Object.keys(parts) }
}

function headerSchema(headers: Readonly<Record<string, HeaderPart>>): JsonSchema {
  const all = Object.entries(headers)
  const schemas = Object.fromEntries(all.map(([name, { schema }]) => [name, schema]))
  const required = all.filter(([, { isRequired }]) => isRequired).map(([name]) => name)
  return { ...record(schemas), required }
}

/** What cannot be looked into; the text alone tells it from others. */
export function unseenPart(text: string): Schema {
  return { [hidden]: text }
}
