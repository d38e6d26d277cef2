import type { $ZodType } from 'zod/v4/core'

const deepest = 40

/**
 * All that can be read of a value, functions by their source: what two files loaded by the same process say alike reads
 * alike. Of a schema of zod's only its definition counts. Not read: what a function has caught from around it.
 */
export function sourceText(value: unknown): string {
  const seen = new Map<object, number>()
  const read = (part: unknown, depth: number): string => {
    if (typeof part === 'bigint' || typeof part === 'symbol') return String(part)
    if ((typeof part !== 'object' && typeof part !== 'function') || part === null)
      return JSON.stringify(part) ?? 'undefined'
    const before = seen.get(part)
    if (before !== undefined) return `#${before}`
    seen.set(part, seen.size)
    if (depth > deepest) return '…'
    if ('_zod' in part) return read((part as $ZodType)._zod.def, depth + 1)
    if (part instanceof RegExp || part instanceof Date) return String(part)
    const own = Object.keys(part).toSorted()
    const members = own.map(
      (key) => `${JSON.stringify(key)}:${read((part as Record<string, unknown>)[key], depth + 1)}`,
    )
    const source = typeof part === 'function' ? String(part).replaceAll(/\s+/g, ' ') : ''
    return `${source}{${members.join(',')}}`
  }
  return read(value, 0)
}
