import type { JsonSchema } from '../../contract/wire-schema.ts'
import type { Case, TextCase } from './case.ts'
import { isAnyText, lengthOf, literalsOf, matches, settledPattern } from './pattern.ts'

/** A pattern that lists its texts becomes these texts, and one that counts characters becomes bounds. */
export function textCases(schema: JsonSchema): Case[] {
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema
  const patterns = pattern === undefined ? [] : [pattern]
  return settled({
    kind: 'text',
    min: minLength,
    max: maxLength,
    patterns,
    formats: format === undefined ? [] : [format],
    code: [],
  })
}

export function bothTexts(a: TextCase, b: TextCase): Case[] {
  return settled({
    kind: 'text',
    min: Math.max(a.min, b.min),
    max: Math.min(a.max, b.max),
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    formats: [...new Set([...a.formats, ...b.formats])],
    code: [...a.code, ...b.code],
  })
}

function settled(given: TextCase): Case[] {
  let { min, max } = given
  let texts: readonly string[] | undefined
  const patterns: string[] = []
  for (const written of given.patterns) {
    const pattern = settledPattern(written)
    if (isAnyText(pattern)) continue
    const length = lengthOf(pattern)
    const literals = length ? undefined : literalsOf(pattern)
    if (length) [min, max] = [Math.max(min, length.min), Math.min(max, length.max)]
    else if (literals) texts = texts ? texts.filter((text) => literals.includes(text)) : literals
    else patterns.push(pattern)
  }
  const settledCase: TextCase = { ...given, min, max, patterns }
  if (!texts) return min > max ? [] : [settledCase]
  return texts.flatMap((value): Case[] => {
    const isIn = isText(settledCase, value)
    if (isIn === false) return []
    const doubts = isIn === undefined ? [...patterns, ...given.formats] : []
    return [{ kind: 'value', value, code: [...given.code, ...doubts] }]
  })
}

/** `undefined` when it cannot be told. */
export function isText({ min, max, patterns, formats }: TextCase, value: string): boolean | undefined {
  const { length } = [...value]
  if (length < min || length > max) return false
  const found = patterns.map((pattern) => matches(pattern, value))
  if (found.includes(false)) return false
  return found.includes(undefined) || formats.length > 0 ? undefined : true
}
