import type { Json } from '../../contract/define.ts'
import type { Matcher } from '../../pact/model.ts'
import { areKeysFree } from '../../pact/match/json/keys.ts'
import { Rules } from '../../pact/match/rules.ts'
import { code, plain, type Schema } from '../schema/case.ts'
import { unseenPart } from '../schema/parts.ts'
import type { JsonConverter } from './json.ts'
import { textSchema } from './text.ts'

type Example = { readonly [key: string]: Json }

/** The members of the example must be there, and others may be, except in a request. Under rules for all values, only these. */
export function objectSchema(expected: Example, rules: Rules, converter: JsonConverter): Schema {
  const { chosen } = rules
  const { matchers, cascaded } = chosen ?? { matchers: [], cascaded: false }
  const isOverValues = ({ match }: Matcher) => !cascaded && (match === 'values' || match === 'eachValue')
  const isMap = matchers.length > 0 && matchers.every(isOverValues)
  const isBare = converter.others === 'forbidden' && Object.keys(expected).length === 0
  const parts: Schema[] = [
    isMap
      ? { type: 'object', ...(isBare ? { additionalProperties: false } : {}) }
      : membersSchema(expected, rules, converter),
    ...matchers.map((matcher) => byMatcher(matcher, { expected, rules, cascaded, converter })),
  ].filter((part) => part !== true)
  const [only, ...others] = parts
  return only !== undefined && others.length === 0 ? only : { allOf: parts.map(plain) }
}

function membersSchema(expected: Example, rules: Rules, converter: JsonConverter): Schema {
  const members = Object.entries(expected).map(([key, value]) => [key, plain(converter.schemaOf(value, rules.at(key)))])
  const isFree = areKeysFree(rules)
  const isClosed = converter.others === 'forbidden' && (!isFree || members.length === 0)
  return {
    type: 'object',
    properties: Object.fromEntries(members),
    ...(isFree ? {} : { required: Object.keys(expected) }),
    ...(isClosed ? { additionalProperties: false } : {}),
  }
}

interface Here {
  expected: Example
  rules: Rules
  cascaded: boolean
  converter: JsonConverter
}

function byMatcher(matcher: Matcher, { expected, rules, cascaded, converter }: Here): Schema {
  switch (matcher.match) {
    case 'values':
      return cascaded ? true : valuesSchema(expected, rules, converter)
    case 'eachValue':
      return cascaded ? true : valuesSchema(expected, Rules.forEach(matcher.rules), converter)
    case 'eachKey': {
      const rule = { combine: 'AND' as const, matchers: matcher.rules, cascaded: false }
      return { propertyNames: plain(textSchema('', rule)) }
    }
    case 'type': {
      const { min = 0, max } = matcher
      if (cascaded || (min === 0 && max === undefined)) return true
      return { minProperties: min, ...(max === undefined ? {} : { maxProperties: max }) }
    }
    case 'equality':
      return { const: expected }
    case 'notEmpty':
      return { minProperties: 1 }
    case 'regex':
    case 'arrayContains':
      return true
    case 'unknown':
      return unseenPart(`the matcher ${matcher.name}`)
    default:
      return { [code]: [JSON.stringify(matcher)] }
  }
}

/** Every value is like the one of its key, or like the first of the example. */
function valuesSchema(expected: Example, rules: Rules, converter: JsonConverter): Schema {
  const [first] = Object.keys(expected).toSorted()
  if (first === undefined) return true
  const like = expected[first] ?? null
  const keys = new Set([...Object.keys(expected), ...rules.named])
  const own = [...keys].map((key) => [
    key,
    plain(converter.schemaOf(Object.hasOwn(expected, key) ? (expected[key] ?? null) : like, rules.at(key))),
  ])
  return {
    type: 'object',
    properties: Object.fromEntries(own),
    additionalProperties: plain(converter.schemaOf(like, rules.at('\0'))),
  }
}
