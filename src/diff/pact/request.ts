import type { PactRequest } from '../../pact/model.ts'
import type { Schema } from '../schema/case.ts'
import { requestSchema } from '../schema/parts.ts'
import { bodySchema, headerParts, querySchemas } from './parts.ts'
import { textSchema } from './text.ts'

/** All requests that a consumer may send by a pact. */
export function requestOf({ method, path, query, headers, body, rules }: PactRequest): Schema {
  return requestSchema({
    method: { const: method },
    path: textSchema(path, rules.path && { ...rules.path, cascaded: false }),
    query: querySchemas(query, rules.query),
    headers: headerParts(headers, rules.headers),
    body: body.kind === 'absent' ? null : bodySchema(body, rules.body, 'forbidden'),
  })
}
