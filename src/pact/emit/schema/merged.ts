import type { JsonSchema } from '../../../contract/wire-schema.ts'

/** All that `allOf` adds, in one schema; of several patterns each stays in `allOf`. */
export function merged(schema: JsonSchema): JsonSchema {
  if (!schema.allOf) return schema
  const { allOf, ...own } = schema
  let all: JsonSchema = own
  const patterns: JsonSchema[] = []
  for (const part of allOf.map(merged)) {
    const { pattern, ...rest } = part
    if (pattern !== undefined) patterns.push({ pattern })
    all = {
      ...all,
      ...rest,
      ...(all.properties || rest.properties ? { properties: { ...all.properties, ...rest.properties } } : {}),
      ...(all.required || rest.required ? { required: [...(all.required ?? []), ...(rest.required ?? [])] } : {}),
    }
  }
  return patterns.length > 0 ? { ...all, allOf: patterns } : all
}
