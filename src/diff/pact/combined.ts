import type { MatcherSet } from '../../pact/model.ts'
import { plain, type Schema } from '../schema/case.ts'

/** All of these, or one of them. */
export function combinedSchema(combine: MatcherSet['combine'], schemas: readonly Schema[]): Schema {
  const [only, ...others] = schemas
  if (only === undefined) return true
  if (others.length === 0) return only
  return combine === 'AND' ? { allOf: schemas.map(plain) } : { anyOf: schemas.map(plain) }
}
