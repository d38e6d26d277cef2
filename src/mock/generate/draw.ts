import type { Json } from '../../contract/define.ts'
import { isRecord } from '../../contract/place.ts'
import type { Random } from '../../core/random.ts'
import { exampleOf } from '../../pact/emit/schema/pattern-example.ts'
import { pattern } from '../../pact/match/regex/pattern.ts'
import { translate } from '../../pact/match/regex/translate.ts'
import { formatDate } from './date.ts'

/** What generators draw from: one stream of chance, one moment. */
export interface Source {
  random: Random
  now: Date
}

type Generator = Readonly<Record<string, unknown>>

/** How each type of generator makes a value; `undefined` leaves the example as it is. */
const kinds: Readonly<Record<string, (generator: Generator, source: Source) => Json | undefined>> = {
  RandomInt: ({ min = 0, max = 10 }, { random }) => between(Number(min), Number(max), random),
  RandomDecimal: ({ digits = 10 }, { random }) => decimal(Number(digits), random),
  RandomHexadecimal: ({ digits = 10 }, { random }) => letters(Number(digits), '0123456789abcdef', random),
  RandomString: ({ size = 10 }, { random }) => letters(Number(size), alphabet, random),
  RandomBoolean: (_, { random }) => random.below(2) === 1,
  Regex: ({ regex }) => (typeof regex === 'string' ? textFor(regex) : undefined),
  Uuid: ({ format }, { random }) => uuid(format, random),
  Date: (generator, { now }) => moment(generator, 'yyyy-MM-dd', now),
  Time: (generator, { now }) => moment(generator, 'HH:mm:ss', now),
  DateTime: (generator, { now }) => moment(generator, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", now),
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A value for a generator. What it takes a provider, a plugin or a calendar for (`expression`) is left to the example. */
export function draw(generator: Json, source: Source): Json | undefined {
  if (!isRecord(generator)) return undefined
  const type = String(generator['type'])
  return Object.hasOwn(kinds, type) ? kinds[type]?.(generator, source) : undefined
}

function between(min: number, max: number, random: Random): number | undefined {
  return Number.isSafeInteger(min) && Number.isSafeInteger(max - min + 1) && max >= min
    ? min + random.below(max - min + 1)
    : undefined
}

function decimal(digits: number, random: Random): number | undefined {
  const text = letters(digits, '123456789', random)
  return text === undefined || digits > 15 ? undefined : Number(`${text.slice(0, -1) || '0'}.${text.slice(-1)}`)
}

function letters(count: number, from: string, random: Random): string | undefined {
  if (!Number.isInteger(count) || count < 1 || count > 10_000) return undefined
  return Array.from({ length: count }, () => from[random.below(from.length)]).join('')
}

/** The shortest that surely matches, by the very check that others hold it against. */
function textFor(regex: string): string | undefined {
  const translation = translate(regex)
  if ('flaw' in translation) return undefined
  try {
    const text = exampleOf(translation.source)
    return pattern(regex)(text, null) ? text : undefined
  } catch {
    // A construct that examples are not made of.
    return undefined
  }
}

function uuid(format: unknown, random: Random): string {
  const hex = letters(32, '0123456789abcdef', random) ?? ''
  const digits = `${hex.slice(0, 12)}4${hex.slice(13, 16)}a${hex.slice(17)}`
  if (format === 'simple') return digits
  const hyphenated = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  if (format === 'URN') return `urn:uuid:${hyphenated}`
  return format === 'upper-case-hyphenated' ? hyphenated.toUpperCase() : hyphenated
}

function moment({ format, expression }: Generator, usual: string, now: Date): string | undefined {
  if (typeof expression === 'string' && expression !== '') return undefined
  return formatDate(now, typeof format === 'string' && format !== '' ? format : usual)
}
