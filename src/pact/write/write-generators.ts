import type { Json } from '../../contract/define.ts'
import type { Generators } from '../model.ts'
import { filled, sorted, sortKeys } from './sorted.ts'

/** Generators by category and path. A generator for the whole of a category without parts stands there by itself. */
export function writeGenerators(generators: Generators): Json | undefined {
  const written = Object.entries(sortKeys(generators)).flatMap(([category, paths]): [string, Json][] => {
    const whole = paths['']
    const isAlone = whole !== undefined && Object.keys(paths).length === 1 && !hasParts.has(category)
    if (isAlone) return [[category, sorted(whole)]]
    return Object.keys(paths).length === 0 ? [] : [[category, sorted(paths)]]
  })
  return filled(Object.fromEntries(written))
}

const hasParts = new Set(['query', 'header', 'body', 'metadata'])
