import type { AST } from '@eslint-community/regexpp'
import { portable, readPattern } from '../../pact/emit/schema/portable-pattern.ts'

/** Whether a pattern is found in a text; `undefined` when JavaScript cannot run it. */
export function matches(pattern: string, text: string): boolean | undefined {
  return compiled(pattern)?.test(text)
}

function compiled(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      // The other reading of it may do.
    }
  }
  return undefined
}

/** In the form in which our pacts write it: what means the same then mostly reads the same. */
export function settledPattern(pattern: string): string {
  try {
    return portable(pattern) ?? pattern
  } catch {
    return pattern
  }
}

/** Whether every text matches. */
export function isAnyText(pattern: string): boolean {
  return /^\^(?:\[\\s\\S\]\*)+\$$/.test(pattern)
}

/** What a pattern says that only counts characters: `^[\s\S]{1,20}$`. */
export function lengthOf(pattern: string): { min: number; max: number } | undefined {
  const [whole, min, comma, max] = /^\^\[\\s\\S\]\{(\d+)(,?)(\d*)\}\$$/.exec(pattern) ?? []
  if (whole === undefined) return undefined
  const least = Number(min)
  return { min: least, max: comma === '' ? least : max === '' ? Infinity : Number(max) }
}

/** The texts that a pattern lists: `^(?:new|paid)$`. `undefined` when it says more than that. */
export function literalsOf(pattern: string): string[] | undefined {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return undefined
  const tree = tryRead(pattern)
  const [only, ...others] = tree?.alternatives ?? []
  return only && others.length === 0 ? literalsBetween(only) : undefined
}

function literalsBetween({ elements }: AST.Alternative): string[] | undefined {
  const [start, ...rest] = elements
  const end = rest.pop()
  if (start?.type !== 'Assertion' || start.kind !== 'start') return undefined
  if (end?.type !== 'Assertion' || end.kind !== 'end') return undefined
  const [group, ...others] = rest
  if (others.length === 0 && (group?.type === 'Group' || group?.type === 'CapturingGroup')) {
    const texts = group.alternatives.map(({ elements: parts }) => literal(parts))
    return texts.every((text) => text !== undefined) ? texts : undefined
  }
  const text = literal(rest)
  return text === undefined ? undefined : [text]
}

function literal(elements: readonly AST.Element[]): string | undefined {
  const isPlain = elements.every((element) => element.type === 'Character')
  return isPlain ? elements.map(({ value }) => String.fromCodePoint(value)).join('') : undefined
}

function tryRead(pattern: string): AST.Pattern | undefined {
  try {
    return readPattern(pattern)
  } catch {
    return undefined
  }
}
