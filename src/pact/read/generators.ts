import { isRecord } from '../../contract/place.ts'
import type { Json } from '../../contract/define.ts'
import type { Generators } from '../model.ts'
import { formatPath } from '../path.ts'
import { categoryOf } from './categories.ts'
import { pathIn } from './path-in.ts'
import type { PactPlace } from './place.ts'

/** Generators by category and path; that of a whole category, as of the path of a request, has the path ''. */
export function readGenerators(value: unknown, place: PactPlace): Generators {
  if (value === undefined || value === null) return {}
  const found = new Map<string, Map<string, Json>>()
  const add = (category: string, path: string, generator: unknown, at: PactPlace) => {
    const paths = found.get(category) ?? new Map<string, Json>()
    if (paths.has(path)) at.note('stands twice: only the last one is carried over')
    found.set(category, paths.set(path, generator as Json))
  }
  for (const [key, part] of Object.entries(place.record(value, 'what holds generators') ?? {})) {
    const at = place.at(key)
    if (key.startsWith('$')) addFlat(key, at, (category, path) => add(category, path, part, at))
    else if (isRecord(part) && typeof part['type'] === 'string') add(nameOf(key), '', part, at)
    else
      for (const [path, generator] of Object.entries(at.record(part, 'a category of generators') ?? {}))
        add(nameOf(key), path, generator, at.at(path))
  }
  return Object.fromEntries([...found].map(([category, paths]) => [category, Object.fromEntries(paths)]))
}

/** `$.body.id`, as it stands in V2. */
function addFlat(key: string, place: PactPlace, add: (category: string, path: string) => void): void {
  const [first, ...rest] = pathIn(key) ?? []
  if (first === undefined || typeof first === 'string' || !('field' in first))
    return place.report(`"${key}" leads to no part of a request or response`)
  add(nameOf(first.field), rest.length === 0 ? '' : formatPath(rest))
}

function nameOf(category: string): string {
  return categoryOf(category) ?? category
}
