import type { PathStep } from '../path.ts'
import { pathIn } from './path-in.ts'

/**
 * The path that the key of a rule for headers, parameters or metadata means: a name as it is (`page`, `filter[name]`), a
 * name with an index (`ids[0]`, if there is an `ids`), or a path expression (`$.ids[0]`). `names` are those of the example.
 */
export function namedPath(key: string, names: { has(name: string): boolean }): readonly PathStep[] {
  const path = /^\$(?:$|[.[])/.test(key) ? pathIn(key) : undefined
  if (path) return path
  if (names.has(key)) return [{ field: key }]
  if (key === '') return []
  if (key === '*') return ['*']
  const [, name, index] = /^(.+)\[(\d+|\*)\]$/s.exec(key) ?? []
  if (name === undefined || index === undefined || !names.has(name)) return [{ field: key }]
  return [{ field: name }, index === '*' ? '[*]' : { index: Number(index) }]
}
