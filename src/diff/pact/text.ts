import type { Matcher } from '../../pact/model.ts'
import type { Chosen } from '../../pact/match/rules.ts'
import { code, type Schema } from '../schema/case.ts'
import { unseenPart } from '../schema/parts.ts'
import { escapePattern } from '../../pact/emit/schema/portable-pattern.ts'
import { combinedSchema } from './combined.ts'

/** A text by the rule at its place: a path, a header, a parameter, a body of plain text. */
export function textSchema(expected: string, rule: Chosen | null): Schema {
  if (rule === null) return { const: expected }
  return combinedSchema(
    rule.combine,
    rule.matchers.map((matcher) => byMatcher(matcher, expected)),
  )
}

function byMatcher(matcher: Matcher, expected: string): Schema {
  switch (matcher.match) {
    case 'equality':
    case 'values':
      return { const: expected }
    case 'type':
    case 'eachKey':
    case 'eachValue':
      return { type: 'string' }
    case 'regex':
      return patternSchema(matcher.regex)
    case 'include':
      return { type: 'string', pattern: escapePattern(matcher.value) }
    case 'notEmpty':
      return { type: 'string', minLength: 1 }
    case 'boolean':
      return { enum: ['true', 'false'] }
    case 'integer':
      return { type: 'string', pattern: String.raw`^\+?\d+$` }
    case 'unknown':
      return unseenPart(`the matcher ${matcher.name}`)
    default:
      return narrowedText(matcher)
  }
}

/** A pattern of a pact speaks of the whole text. */
export function patternSchema(regex: string): Schema {
  const [, options = '', core = ''] = /^(\(\?[a-z]+\))?(.*)$/s.exec(regex) ?? []
  const isTied = core.startsWith('^') && core.endsWith('$') && !/\|[^)]*$/.test(core)
  return { type: 'string', pattern: isTied ? regex : `${options}^(?:${core})$` }
}

/** Of a date and the like only its own words are known. */
export function narrowedText(matcher: Matcher): Schema {
  return { type: 'string', [code]: [JSON.stringify(matcher)] }
}
