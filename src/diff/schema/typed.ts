import type { JsonSchema } from '../../contract/wire-schema.ts'
import { type Case, isNever, type Scalar, type Schema } from './case.ts'
import { numberCase } from './number.ts'
import { textCases } from './text.ts'

const types = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const

/** What `type` and the keywords that speak of one type leave: without a `type`, something of each. */
export function casesOfTypes(schema: JsonSchema): Case[] {
  const wanted: readonly string[] = schema.type === undefined ? types : [schema.type].flat()
  const isWhole = wanted.includes('integer') && !wanted.includes('number')
  return [...new Set(wanted.map((type) => (type === 'integer' ? 'number' : type)))].flatMap((type): Case[] => {
    switch (type) {
      case 'null':
        return values([null])
      case 'boolean':
        return values([true, false])
      case 'number':
        return numberCase(schema, isWhole)
      case 'string':
        return textCases(schema)
      case 'array':
        return listCase(schema)
      case 'object':
        return objectCase(schema)
      default:
        return []
    }
  })
}

function values(list: readonly Scalar[]): Case[] {
  return list.map((value) => ({ kind: 'value', value, code: [] }))
}

function listCase({ prefixItems = [], items = true, minItems = 0, maxItems = Infinity }: JsonSchema): Case[] {
  const barred = prefixItems.findIndex(isNever)
  const first = barred === -1 ? prefixItems : prefixItems.slice(0, barred)
  const isFull = barred !== -1 || isNever(items)
  const max = isFull ? Math.min(maxItems, first.length) : maxItems
  return minItems > max ? [] : [{ kind: 'list', first, rest: isFull ? false : items, min: minItems, max, code: [] }]
}

function objectCase({
  properties = {},
  required = [],
  additionalProperties = true,
  propertyNames,
}: JsonSchema): Case[] {
  const fields = new Map<string, Schema>(Object.entries(properties))
  // Every name is a text: to say so says nothing.
  const isAnyName = propertyNames === undefined || Object.keys(propertyNames).every((keyword) => keyword === 'type')
  const names = isAnyName ? [] : [propertyNames]
  const [mustBe, rest] = [new Set(required), isNever(additionalProperties) ? false : additionalProperties]
  if (required.some((name) => isNever(fields.get(name) ?? rest))) return []
  return [{ kind: 'object', fields, rest, required: mustBe, names, code: [] }]
}
