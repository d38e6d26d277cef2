import { show } from '../../contract/place.ts'
import type { ArrayVariant, Matcher, MatcherSet, Rule } from '../model.ts'
import { pathIn } from './path-in.ts'
import type { PactPlace } from './place.ts'
import { nameOfMatcher, readSimpleMatcher } from './simple-matcher.ts'
import { type PlacedRule, settleRules } from './settle-rules.ts'

/** What is demanded at one place: `{"matchers": […], "combine": "AND"}`, or a matcher alone as V2 writes it. */
export function readMatcherSet(value: unknown, place: PactPlace): MatcherSet | undefined {
  const written = place.record(value, 'a rule')
  if (!written) return undefined
  const { matchers, combine } = written
  if (matchers === undefined) {
    const matcher = readMatcher(written, place)
    return matcher && { combine: 'AND', matchers: [matcher] }
  }
  place.noteUnread(written, ['matchers', 'combine'], 'a rule')
  if (!Array.isArray(matchers)) return void place.at('matchers').report('is no list')
  if (matchers.length === 0) return void place.note('is not carried over: without a matcher it demands nothing')
  const read = matchers.flatMap((matcher, index) => readMatcher(matcher, place.at('matchers', index)) ?? [])
  return { combine: readCombine(combine, place.at('combine')), matchers: read }
}

function readCombine(value: unknown, place: PactPlace): 'AND' | 'OR' {
  const combine = typeof value === 'string' ? value.toUpperCase() : (value ?? 'AND')
  if (combine === 'AND' || combine === 'OR') return combine
  place.report(`${show(value)} combines nothing`, 'Possible: "AND" and "OR".')
  return 'AND'
}

function readMatcher(value: unknown, place: PactPlace): Matcher | undefined {
  const written = place.record(value, 'a matcher')
  if (!written) return undefined
  const name = nameOfMatcher(written)
  if (typeof name !== 'string')
    return void place.report(
      name === undefined ? 'there is no "match", which names a matcher' : `${show(name)} names no matcher`,
    )
  switch (name) {
    case 'eachKey':
    case 'each-key':
      return { match: 'eachKey', rules: readEach(written, place) }
    case 'eachValue':
    case 'each-value':
      return { match: 'eachValue', rules: readEach(written, place) }
    case 'arrayContains':
    case 'array-contains':
      return { match: 'arrayContains', variants: readVariants(written, place) }
    default:
      return readSimpleMatcher(name, written, place)
  }
}

function readEach(written: Record<string, unknown>, place: PactPlace): Matcher[] {
  place.noteUnread(written, ['match', 'pact:matcher:type', 'rules'], 'the matcher of each key or value')
  const { rules = [] } = written
  if (Array.isArray(rules)) return rules.flatMap((rule, index) => readMatcher(rule, place.at('rules', index)) ?? [])
  place.at('rules').report('is no list')
  return []
}

function readVariants(written: Record<string, unknown>, place: PactPlace): ArrayVariant[] {
  place.noteUnread(written, ['match', 'pact:matcher:type', 'variants'], 'the matcher "arrayContains"')
  const { variants } = written
  if (Array.isArray(variants))
    return variants.flatMap((variant, index) => readVariant(variant, place.at('variants', index)) ?? [])
  place.at('variants').report(variants === undefined ? 'is missing' : 'is no list')
  return []
}

function readVariant(value: unknown, place: PactPlace): ArrayVariant | undefined {
  const written = place.record(value, 'a variant')
  if (!written) return undefined
  place.noteUnread(written, ['index', 'rules'], 'a variant')
  const { index = 0, rules } = written
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    return void place.at('index').report(`${show(index)} is no index`)
  // The reference compares a variant without rules as a whole.
  if (rules === undefined) return { index, rules: [{ path: [], combine: 'AND', matchers: [{ match: 'equality' }] }] }
  return { index, rules: readRulesByPath(rules, place.at('rules')) }
}

/** Rules by path expressions: `{"$.a": {"matchers": […]}}`, or one for the whole. */
export function readRulesByPath(value: unknown, place: PactPlace): Rule[] {
  const written = place.record(value, 'what holds rules')
  if (!written) return []
  const entries: [string, unknown, PactPlace][] = isRuleItself(written)
    ? [['$', written, place]]
    : Object.entries(written).map(([path, rule]) => [path, rule, place.at(path)])
  const rules = entries.flatMap(([key, rule, at]): PlacedRule[] => {
    const path = key === '' ? [] : pathIn(key)
    if (!path) at.report(`"${key}" is no path`)
    const set = readMatcherSet(rule, at)
    return path && set ? [{ rule: { path, ...set }, place: at }] : []
  })
  return settleRules(rules)
}

/** Whether this is a rule, not what holds rules by path or name. */
export function isRuleItself(written: Record<string, unknown>): boolean {
  return Array.isArray(written['matchers']) || typeof written['match'] === 'string'
}
