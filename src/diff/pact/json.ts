import type { Json } from '../../contract/define.ts'
import { Rules } from '../../pact/match/rules.ts'
import type { Rule } from '../../pact/model.ts'
import type { Schema } from '../schema/case.ts'
import { listSchema } from './list.ts'
import { objectSchema } from './object.ts'
import { valueSchema } from './value.ts'

/** Whether an object may have fields that the example does not show: in requests it may not. */
export type OtherFields = 'allowed' | 'forbidden'

/** What objects and lists ask for what they hold. */
export interface JsonConverter {
  readonly others: OtherFields
  schemaOf(expected: Json, rules: Rules): Schema
}

export interface JsonExample {
  value: Json
  rules: readonly Rule[]
  others: OtherFields
}

/** An example and its rules as a JSON Schema: what `pact/match/json` checks, said in another way. */
export function jsonSchema({ value, rules, others }: JsonExample): Schema {
  const converter: JsonConverter = {
    others,
    schemaOf(expected, at) {
      if (Array.isArray(expected)) return listSchema(expected as readonly Json[], at, converter)
      if (typeof expected !== 'object' || expected === null) return valueSchema(expected, at.chosen)
      return objectSchema(expected as { readonly [key: string]: Json }, at, converter)
    },
  }
  return converter.schemaOf(value, Rules.of(rules))
}
