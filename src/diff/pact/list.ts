import type { Json } from '../../contract/define.ts'
import { canonicalJson } from '../../contract/fingerprint.ts'
import type { Matcher } from '../../pact/model.ts'
import { Rules } from '../../pact/match/rules.ts'
import { code, plain, type Schema } from '../schema/case.ts'
import { unseenPart } from '../schema/parts.ts'
import { combinedSchema } from './combined.ts'
import type { JsonConverter } from './json.ts'

/** Element by element; under a rule there may be fewer or more, and those beyond the example are like its first. */
export function listSchema(expected: readonly Json[], rules: Rules, converter: JsonConverter): Schema {
  const { chosen } = rules
  if (chosen === null)
    return exactly(expected.map((value, index) => converter.schemaOf(value, rules.at(String(index)))))
  // Nothing is compared with an example that shows nothing.
  if (expected.length === 0) return { type: 'array' }
  const like = (at: Rules) => likeFirst(expected, at, converter)
  return combinedSchema(
    chosen.combine,
    chosen.matchers.map((matcher) => byMatcher(matcher, { expected, cascaded: chosen.cascaded, rules, like })),
  )
}

interface Here {
  expected: readonly Json[]
  cascaded: boolean
  rules: Rules
  like: (rules: Rules) => Schema
}

function byMatcher(matcher: Matcher, { expected, cascaded, rules, like }: Here): Schema {
  const elements = like(rules)
  switch (matcher.match) {
    case 'type': {
      const { min, max } = matcher
      const sized = { minItems: min ?? 0, ...(max === undefined ? {} : { maxItems: max }) }
      return cascaded ? elements : both(elements, sized)
    }
    case 'equality':
      return both(elements, { const: expected })
    case 'notEmpty':
      return both(elements, { minItems: 1 })
    case 'eachValue':
      return cascaded ? { type: 'array' } : like(Rules.forEach(matcher.rules))
    case 'arrayContains':
      return { type: 'array', [code]: [canonicalJson([matcher, expected])] }
    case 'null':
    case 'statusCode':
      return false
    case 'unknown':
      return unseenPart(`the matcher ${matcher.name}`)
    default:
      return elements
  }
}

function exactly(elements: readonly Schema[]): Schema {
  const { length } = elements
  return { type: 'array', prefixItems: elements.map(plain), items: false, minItems: length, maxItems: length }
}

function likeFirst(expected: readonly Json[], rules: Rules, converter: JsonConverter): Schema {
  const [first = null] = expected
  const { named } = rules
  const last = Math.max(expected.length, ...[...named].map((key) => Number(key) + 1).filter(Number.isInteger))
  const own = Array.from({ length: last }, (_, index) =>
    converter.schemaOf(index < expected.length ? (expected[index] ?? null) : first, rules.at(String(index))),
  )
  const rest = converter.schemaOf(first, rules.at(String(last)))
  const areAlike = own.every((schema) => canonicalJson(schema) === canonicalJson(rest))
  return { type: 'array', items: plain(rest), ...(areAlike ? {} : { prefixItems: own.map(plain) }) }
}

function both(schema: Schema, more: object): Schema {
  return { allOf: [plain(schema), { type: 'array', ...more }] }
}
