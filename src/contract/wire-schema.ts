import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { type $ZodType, type $ZodTypes, toJSONSchema } from 'zod/v4/core'

/** The keywords of JSON Schema 2020-12 that schemas of answers are made of. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly examples?: readonly unknown[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  /** What the schema does that no JSON Schema tells: `'refinement'`, `'transform'`, or a type that JSON does not have. */
  readonly [unseen]?: readonly string[]
  readonly [keyword: string]: unknown
}

export const unseen = 'x-unseen'

/**
 * What a schema accepts before it transforms anything, as a JSON Schema; `undefined` when its vendor offers none. Of zod's
 * schemas it tells, too, what JSON Schema cannot; of other vendors' that cannot be seen.
 */
export function wireSchema(schema: StandardSchemaV1): JsonSchema | undefined {
  if ('_zod' in schema) return ofZod(schema as StandardSchemaV1 & $ZodType)
  const standard = schema['~standard'] as StandardSchemaV1.Props & Partial<StandardJSONSchemaV1.Props>
  return standard.jsonSchema?.input({ target: 'draft-2020-12' })
}

function ofZod(schema: $ZodType): JsonSchema {
  return toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const found = unseenIn(zodSchema as $ZodTypes)
      if (found.length > 0) jsonSchema[unseen] = found
    },
  }) as JsonSchema
}

/** Types that no JSON value has. */
const notJson = new Set<string>([
  'bigint',
  'date',
  'file',
  'function',
  'map',
  'nan',
  'promise',
  'set',
  'symbol',
  'undefined',
  'void',
])

function unseenIn({ _zod: { def } }: $ZodTypes): string[] {
  const found: string[] = []
  if (def.checks?.some((check) => check._zod.def.check === 'custom')) found.push('refinement')
  if (def.type === 'custom') found.push('refinement')
  if (def.type === 'pipe' || def.type === 'transform') found.push('transform')
  if (notJson.has(def.type)) found.push(def.type)
  return found
}
