import type { Rule } from '../model.ts'
import { formatPath } from '../path.ts'

/** In the order of their paths, as they are read. */
export function inOrder(rules: readonly Rule[]): Rule[] {
  return rules
    .map((rule) => ({ rule, path: formatPath(rule.path) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ rule }) => rule)
}
