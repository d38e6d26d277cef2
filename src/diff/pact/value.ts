import type { Json } from '../../contract/define.ts'
import { kindOf } from '../../pact/match/json/kind.ts'
import type { Chosen } from '../../pact/match/rules.ts'
import type { Matcher } from '../../pact/model.ts'
import { escapePattern } from '../../pact/emit/schema/portable-pattern.ts'
import { code, type Schema } from '../schema/case.ts'
import { unseenPart } from '../schema/parts.ts'
import { combinedSchema } from './combined.ts'
import { numbersLike } from './number-pattern.ts'
import { narrowedText, patternSchema } from './text.ts'

/** A text, a number, a boolean or null by the rule at its place. */
export function valueSchema(expected: Json, rule: Chosen | null): Schema {
  if (rule === null) return { const: expected }
  return combinedSchema(
    rule.combine,
    rule.matchers.map((matcher) => byMatcher(matcher, expected)),
  )
}

function byMatcher(matcher: Matcher, expected: Json): Schema {
  switch (matcher.match) {
    case 'equality':
    case 'values':
      return { const: expected }
    case 'type':
      return ofKind(expected)
    case 'number':
      return { type: 'number' }
    case 'integer':
      return { type: 'integer' }
    case 'decimal':
      return { type: 'number', [code]: ['has a fraction'] }
    case 'null':
      return { const: null }
    case 'boolean':
      return { enum: [true, false, 'true', 'false'] }
    case 'notEmpty':
      return notEmpty
    case 'regex':
      return likeExample(expected, patternSchema(matcher.regex), numbersLike(matcher.regex))
    case 'include':
      return likeExample(expected, { type: 'string', pattern: escapePattern(matcher.value) }, undefined)
    // The reference asks nothing of a value here: these are about collections, or about a status.
    case 'eachKey':
    case 'eachValue':
    case 'arrayContains':
    case 'statusCode':
      return true
    case 'unknown':
      return unseenPart(`the matcher ${matcher.name}`)
    default:
      return narrowedText(matcher)
  }
}

export function ofKind(expected: Json): Schema {
  return { type: kindOf(expected) }
}

/** What is not empty, of whatever kind. */
export const notEmpty: Schema = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', minItems: 1 },
    { type: 'object', minProperties: 1 },
    { type: ['number', 'boolean'] },
  ],
}

/** Matchers of text read a number as its text. What is meant is a value of the kind that the example is of. */
function likeExample(expected: Json, text: Schema, numbers: Schema | undefined): Schema {
  const kind = kindOf(expected)
  if (kind === 'string') return text
  return numbers !== undefined && kind === 'number' ? numbers : { type: kind, [code]: [JSON.stringify(text)] }
}
