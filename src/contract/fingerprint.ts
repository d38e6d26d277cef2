import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { type $ZodType, registry, toJSONSchema } from 'zod/v4/core'
import type { Demands } from './halves.ts'

/** JSON whose text does not depend on the order in which keys were written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** What a half demands, as plain data that is the same in every process. */
export function fingerprintHalf(demands: Demands): unknown {
  return {
    ...demands,
    headers: demands.headers.map(([name, demand]) => {
      if (typeof demand === 'string') return [name, 'text', demand]
      return demand instanceof RegExp ? [name, 'pattern', String(demand)] : [name, 'schema', fingerprint(demand)]
    }),
    body: demands.body && fingerprint(demands.body),
  }
}

/**
 * What can be seen of a schema from outside. Not seen: what a refinement or a transformation does (only that it is
 * there, for zod), and all of a schema that offers no JSON Schema. The source text of functions is left out on purpose:
 * a bundler or a test runner rewrites it, and then two processes that read the same file would disagree.
 */
function fingerprint(schema: StandardSchemaV1): unknown {
  const { vendor } = schema['~standard']
  try {
    return { vendor, schema: isZod(schema) ? zodFingerprint(schema) : jsonSchemaOf(schema) }
  } catch {
    return { vendor, schema: null }
  }
}

function isZod(schema: StandardSchemaV1): schema is StandardSchemaV1 & $ZodType {
  return '_zod' in schema
}

function zodFingerprint(schema: $ZodType): unknown {
  return toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    // Titles and descriptions demand nothing.
    metadata: registry(),
    override({ zodSchema, jsonSchema }) {
      const { type, checks = [] } = zodSchema._zod.def
      jsonSchema['zod'] = [type, ...checks.map((check) => check._zod.def.check)]
      jsonSchema.required?.sort()
    },
  })
}

function jsonSchemaOf(schema: StandardSchemaV1): unknown {
  const standard = schema['~standard'] as StandardSchemaV1.Props & Partial<StandardJSONSchemaV1.Props>
  return standard.jsonSchema?.input({ target: 'draft-2020-12' }) ?? null
}
