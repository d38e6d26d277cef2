import { isRecord } from '../../contract/place.ts'
import type { MatcherSet, Rule } from '../model.ts'
import type { PathStep } from '../path.ts'
import { type Category, categoryOf } from './categories.ts'
import { isRuleItself, readMatcherSet } from './matcher.ts'
import { namedPath } from './named-path.ts'
import { pathIn } from './path-in.ts'
import type { PactPlace } from './place.ts'
import { type PlacedRule, settleRules } from './settle-rules.ts'

/**
 * What rules may speak of: the categories of a request, a response or a message, and the names that stand there, each with
 * the number of its values.
 */
export interface RuledPart {
  what: 'a request' | 'a response' | 'a message'
  has: readonly Category[]
  names: Readonly<Partial<Record<Category, ReadonlyMap<string, number>>>>
}

/** Where a rule is written, and what it speaks of. */
interface WrittenRule {
  category: string
  pathFor: (category: Category) => readonly PathStep[] | undefined
  rule: unknown
  place: PactPlace
}

/** Rules in the flat form of V2 (`$.body.a`) or by category as in V3 and V4. */
export function readRules(value: unknown, part: RuledPart, place: PactPlace): (category: Category) => Rule[] {
  const found = new Map<Category, PlacedRule[]>()
  for (const { category: name, pathFor, rule, place: at } of writtenRules(value, part, place)) {
    const category = categoryOf(name)
    if (!category || !part.has.includes(category)) {
      at.note(`is not carried over: ${part.what} has no "${name}" for which there can be a rule`)
      continue
    }
    const path = pathFor(category)
    if (!path) at.report('leads nowhere: it is no path')
    const set = readMatcherSet(rule, at)
    if (!path || !set) continue
    const placed = { rule: { path, ...set }, place: at }
    const others = found.get(category)
    if (others) others.push(placed)
    else found.set(category, [placed])
  }
  return (category) => settleRules(found.get(category) ?? [])
}

/** The names that rules may speak of, each with the number of its values. */
export function countValues(values: Readonly<Record<string, readonly unknown[]>>): Map<string, number> {
  return new Map(Object.entries(values).map(([name, list]) => [name, list.length]))
}

/** The rule of what has no parts: a path or a status. */
export function wholeRule(rules: readonly Rule[]): MatcherSet | null {
  const [rule] = rules
  return rule ? { combine: rule.combine, matchers: rule.matchers } : null
}

function* writtenRules(value: unknown, part: RuledPart, place: PactPlace): Generator<WrittenRule> {
  if (value === undefined || value === null) return
  for (const [key, written] of Object.entries(place.record(value, 'what holds rules') ?? {})) {
    const at = place.at(key)
    if (key.startsWith('$')) {
      const [first, ...rest] = flatPath(key)
      if (isField(first))
        yield {
          category: first.field,
          pathFor: (category) => flatPathOf(rest, category, part),
          rule: written,
          place: at,
        }
      else
        at.report('leads to no part of a request or response', 'Write "$.body…", "$.header…", "$.query…" or "$.path".')
    } else if (isRecord(written) && isRuleItself(written)) {
      yield { category: key, pathFor: () => [], rule: written, place: at }
    } else {
      for (const [path, rule] of Object.entries(at.record(written, 'a category of rules') ?? {}))
        yield { category: key, pathFor: (category) => pathOf(path, category, part), rule, place: at.at(path) }
    }
  }
}

/** `$.body.a[0]`; in a query or a header also `$.query.filter[name]`, which is no path, only a name. */
function flatPath(key: string): readonly PathStep[] {
  const path = pathIn(key)
  if (path) return path
  const [, category, name] = /^\$\.(query|headers?)\.(.+)$/s.exec(key) ?? []
  return category === undefined || name === undefined ? [] : [{ field: category }, { field: name }]
}

/** Of a header or parameter with one value, the first one is all of it: V4 has no way to say which is meant. */
function flatPathOf(path: readonly PathStep[], category: Category, part: RuledPart): readonly PathStep[] {
  const shaped = shapePath(category, path)
  const [first, second, ...others] = shaped
  const isFirst = isRecord(second) && 'index' in second && second.index === 0 && others.length === 0
  if (!isField(first) || !isFirst || (category !== 'query' && category !== 'header')) return shaped
  return (part.names[category]?.get(first.field) ?? 0) > 1 ? shaped : [first]
}

function pathOf(key: string, category: Category, part: RuledPart): readonly PathStep[] | undefined {
  if (category === 'body') return key === '' ? [] : pathIn(key)
  return shapePath(category, namedPath(key, part.names[category] ?? none))
}

/** Names of headers are in lower case, and what has no parts has no path. */
function shapePath(category: Category, path: readonly PathStep[]): readonly PathStep[] {
  if (category === 'path' || category === 'status') return []
  const [first, ...rest] = path
  return category === 'header' && isField(first) ? [{ field: first.field.toLowerCase() }, ...rest] : path
}

function isField(step: PathStep | undefined): step is { readonly field: string } {
  return isRecord(step) && 'field' in step
}

const none: ReadonlyMap<string, number> = new Map()
