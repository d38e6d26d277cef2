import type { Json } from '../../contract/define.ts'
import type { Matcher, MatcherSet, Rule } from '../model.ts'
import { formatPath } from '../path.ts'
import { sortKeys } from './sorted.ts'

export function writeMatcherSet({ combine, matchers }: MatcherSet): Json {
  return { combine, matchers: matchers.map(writeMatcher) }
}

/** Rules by their keys, in order. */
export function writeRules(rules: readonly Rule[], keyOf = (rule: Rule) => formatPath(rule.path)): Json {
  return sortKeys(Object.fromEntries(rules.map((rule) => [keyOf(rule), writeMatcherSet(rule)])))
}

function writeMatcher(matcher: Matcher): Json {
  switch (matcher.match) {
    case 'type': {
      const { match, min, max } = matcher
      return { match, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
    }
    case 'date':
    case 'time':
    case 'datetime': {
      const { match, format } = matcher
      return { match, ...(format === null ? {} : { format }) }
    }
    case 'eachKey':
    case 'eachValue':
      return { match: matcher.match, rules: matcher.rules.map(writeMatcher) }
    case 'arrayContains': {
      const variants = matcher.variants.map(({ index, rules }) => ({ index, rules: writeRules(rules) }))
      return { match: matcher.match, variants }
    }
    case 'unknown':
      return { match: matcher.name }
    case 'regex':
      return { match: matcher.match, regex: matcher.regex }
    case 'include':
    case 'contentType':
      return { match: matcher.match, value: matcher.value }
    case 'statusCode':
      return { match: matcher.match, status: matcher.status }
    default:
      return { match: matcher.match }
  }
}
