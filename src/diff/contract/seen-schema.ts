import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type $ZodType, type $ZodTypes, toJSONSchema } from 'zod/v4/core'
import { canonicalJson } from '../../contract/fingerprint.ts'
import { isRecord } from '../../contract/place.ts'
import { type JsonSchema, unseen, wireSchema } from '../../contract/wire-schema.ts'
import { code, hidden, type Schema } from '../schema/case.ts'
import { sourceText } from './source-text.ts'

/** Where the second reading of a schema of zod's writes down the code that it found. */
const source = 'x-source'

/** What a schema accepts, and the text of what cannot be looked into. */
export function seenSchema(schema: StandardSchemaV1): Schema {
  const wire = wireIfAny(schema)
  if (wire === undefined) return { [hidden]: `${schema['~standard'].vendor} ${sourceText(schema)}` }
  return '_zod' in schema ? marked(wire, sourcesOf(schema as StandardSchemaV1 & $ZodType)) : wire
}

function wireIfAny(schema: StandardSchemaV1): JsonSchema | undefined {
  try {
    return wireSchema(schema)
  } catch {
    // Some vendors throw where no JSON Schema can say it.
    return undefined
  }
}

type Definition = $ZodTypes['_zod']['def']

/** The same JSON Schema, with the source of what it cannot say at each place. */
function sourcesOf(schema: $ZodType): unknown {
  return toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const { def } = (zodSchema as $ZodTypes)._zod
      const checks = (def.checks ?? []).map((check) => check._zod.def)
      const custom = checks.filter(({ check }) => check === 'custom' || check === 'overwrite')
      jsonSchema[source] = {
        text: sourceText([wordsOf(def), ...custom.map(withoutError)]),
        isOutside: goesBeyond(def) || custom.some(({ check }) => check === 'overwrite') || hasFlags([def, ...checks]),
      }
    },
  })
}

/** What a definition says itself. What it is made of has a place of its own, but for what becomes of a value later. */
function wordsOf(def: Definition): Record<string, unknown> {
  const isLater = (key: string, part: unknown) => def.type === 'pipe' && (key === 'out' || isTransform(part))
  const words = Object.entries(def).filter(
    ([key, part]) => key !== 'checks' && (isLater(key, part) || !holdsSchema(part)),
  )
  return withoutError(Object.fromEntries(words))
}

/** How a mistake is worded demands nothing. */
function withoutError(words: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(words).filter(([key]) => key !== 'error'))
}

function isSchema(part: unknown): part is $ZodTypes {
  return typeof part === 'object' && part !== null && '_zod' in part
}

function isTransform(part: unknown): boolean {
  return isSchema(part) && part._zod.def.type === 'transform'
}

function holdsSchema(part: unknown): boolean {
  if (isSchema(part)) return true
  return typeof part === 'object' && part !== null && Object.values(part).some(isSchema)
}

/** Whether it accepts what its JSON Schema does not: it changes or replaces a value before it looks. */
function goesBeyond(def: Definition): boolean {
  if ('coerce' in def && def.coerce === true) return true
  if (def.type === 'pipe') return isTransform(def.in)
  return def.type === 'catch' || def.type === 'success' || def.type === 'transform'
}

/** JSON Schema has no word for the flags of a pattern. */
function hasFlags(defs: readonly object[]): boolean {
  return defs.some((def) => 'pattern' in def && def.pattern instanceof RegExp && /[ims]/.test(def.pattern.flags))
}

/** Types that `unseen` names and that no JSON value is of. */
const narrows = ['refinement', 'transform']

function marked(wire: JsonSchema, sources: unknown): Schema {
  const whole = canonicalJson(wire)
  const mark = (part: unknown, beside: unknown): unknown => {
    if (Array.isArray(part))
      return part.map((one, index) => mark(one, Array.isArray(beside) ? beside[index] : undefined))
    if (!isRecord(part)) return part
    const sourceAt = isRecord(beside) ? beside : {}
    const parts = Object.entries(part).map(([key, value]) => [key, mark(value, sourceAt[key])] as const)
    const { text = '', isOutside = false } = (sourceAt[source] ?? {}) as { text?: string; isOutside?: boolean }
    const schema = settled(Object.fromEntries(parts), text)
    if (!isOutside) return schema
    const own = canonicalJson(schema)
    // A reference says what the whole says.
    return { [hidden]: `${text} ${own}${own.includes('"$ref"') ? whole : ''}` }
  }
  return mark(wire, sources) as Schema
}

function settled(schema: Record<string, unknown>, text: string): Record<string, unknown> {
  const found = Array.isArray(schema[unseen]) ? (schema[unseen] as readonly string[]) : []
  if (found.some((what) => !narrows.includes(what))) return { not: {} }
  const { format, ...others } = schema
  const plain = format === undefined || isSaidByPattern(schema) ? others : schema
  return found.length > 0 ? { ...plain, [code]: [text] } : plain
}

/** Where zod has a pattern for a format, the pattern is what it looks at. */
function isSaidByPattern({ pattern, allOf }: Record<string, unknown>): boolean {
  return pattern !== undefined || (Array.isArray(allOf) && allOf.some((part) => isRecord(part) && 'pattern' in part))
}
