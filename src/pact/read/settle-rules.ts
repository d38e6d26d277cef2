import type { Rule } from '../model.ts'
import { formatPath } from '../path.ts'
import type { PactPlace } from './place.ts'

/** A rule, and where it is written. */
export interface PlacedRule {
  rule: Rule
  place: PactPlace
}

/** One rule for each path, in the order of the paths: how a file orders and spells them makes no difference. */
export function settleRules(placed: readonly PlacedRule[]): Rule[] {
  const byPath = new Map<string, Rule>()
  for (const { rule, place } of placed) {
    const path = formatPath(rule.path)
    const other = byPath.get(path)
    byPath.set(path, other ? join(other, rule, place) : rule)
  }
  return [...byPath].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule)
}

function join(a: Rule, b: Rule, place: PactPlace): Rule {
  if ([a, b].some((rule) => rule.combine === 'OR' && rule.matchers.length > 1))
    place.report(`the rules for "${formatPath(a.path)}" stand in two places, and cannot be joined`)
  return { path: a.path, combine: 'AND', matchers: [...a.matchers, ...b.matchers] }
}
