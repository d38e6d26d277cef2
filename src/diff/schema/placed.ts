import { isRecord } from '../../contract/place.ts'
import type { Schema } from './case.ts'

/** Keywords that hold values, not schemas, and those that hold schemas by name. */
const values: ReadonlySet<string> = new Set(['const', 'enum', 'examples', 'default'])
const maps: ReadonlySet<string> = new Set([
  'properties',
  '$defs',
  'definitions',
  'patternProperties',
  'dependentSchemas',
])

/**
 * A document as the part of another one that stands at `pointer` (`/properties/body`) there: its references lead from the
 * root, and are told the way.
 */
export function placed(schema: Schema, pointer: string): Schema {
  return inSchema(schema, pointer) as Schema
}

function inSchema(schema: unknown, pointer: string): unknown {
  if (Array.isArray(schema)) return schema.map((part) => inSchema(part, pointer))
  if (!isRecord(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, part]) => {
      if (keyword === '$ref' && typeof part === 'string') return [keyword, part.replace(/^#/, `#${pointer}`)]
      if (values.has(keyword)) return [keyword, part]
      return [keyword, maps.has(keyword) && isRecord(part) ? inMap(part, pointer) : inSchema(part, pointer)]
    }),
  )
}

function inMap(map: Record<string, unknown>, pointer: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, part]) => [name, inSchema(part, pointer)]))
}

/** A name as a step of a pointer. */
export function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
