import { canonicalJson } from '../../contract/fingerprint.ts'
import type { JsonSchema } from '../../contract/wire-schema.ts'
import { code, hidden, type Schema } from './case.ts'

/** Keywords that only narrow: a schema without them accepts all that it accepts with them. */
const narrowing = [
  'not',
  'if',
  'contains',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
  '$recursiveRef',
]

/** What goes with `if` and `contains`. */
const beside: Readonly<Record<string, readonly string[]>> = {
  if: ['then', 'else'],
  contains: ['minContains', 'maxContains'],
}

/** The texts of all that narrows a schema and is not compared part by part. */
export function codeOf(schema: JsonSchema, root: Schema): string[] {
  const written = schema[code]
  const known = Array.isArray(written) ? written.map(String) : []
  const others = narrowing
    .filter((keyword) => schema[keyword] !== undefined && schema[keyword] !== false)
    .map((keyword) => textOf([keyword, ...(beside[keyword] ?? [])], schema, root))
  return [...known, ...others]
}

/** The text of a schema of which nothing can be said but whether another reads the same; `undefined` of all others. */
export function hiddenIn(schema: JsonSchema, root: Schema): string | undefined {
  const written = schema[hidden]
  if (typeof written === 'string') return written
  const { patternProperties, items, additionalItems, nullable, exclusiveMinimum, exclusiveMaximum } = schema
  const isOld =
    Array.isArray(items) ||
    additionalItems !== undefined ||
    nullable === true ||
    typeof exclusiveMinimum === 'boolean' ||
    typeof exclusiveMaximum === 'boolean'
  return isOld || patternProperties !== undefined ? textOf(Object.keys(schema), schema, root) : undefined
}

/** References mean what the whole document says of them. */
function textOf(keywords: readonly string[], schema: JsonSchema, root: Schema): string {
  const text = canonicalJson(keywords.map((keyword) => [keyword, schema[keyword]]))
  return text.includes('Ref"') || text.includes('"$ref"') ? `${text} in ${canonicalJson(root)}` : text
}
