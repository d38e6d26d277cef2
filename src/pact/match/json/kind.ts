import type { Json } from '../../../contract/define.ts'

/** A number whose value is whole though its text has a point or an exponent, 9.0 or 1e3: only the text tells it from 9. */
export class WholeDecimal {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toJSON(): number {
    return this.value
  }
}

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object'
export type JsonObject = Readonly<Record<string, unknown>>

export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  if (type === 'string' || type === 'boolean') return type
  return type === 'number' || value instanceof WholeDecimal ? 'number' : 'object'
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WholeDecimal)
}

/** Whether two values say the same. Numbers are compared by value: 9 and 9.0 are equal. Goes as deep as `expected`. */
export function sameJson(expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true
  if (actual instanceof WholeDecimal) return expected === actual.value
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || expected.length !== actual.length) return false
    return expected.every((value, index) => sameJson(value, actual[index]))
  }
  if (!isObject(expected) || !isObject(actual)) return false
  const keys = Object.keys(expected)
  if (keys.length !== Object.keys(actual).length) return false
  return keys.every((key) => Object.hasOwn(actual, key) && sameJson(expected[key], actual[key]))
}

/** A text is itself, all else its JSON; `null` for what is nested too deeply to be written. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (value instanceof WholeDecimal) return Math.abs(value.value) < 1e16 ? `${value.value}.0` : String(value.value)
  try {
    return JSON.stringify(value) ?? 'null'
  } catch {
    return null
  }
}

/** `a string`, `an array`, `null`. */
export function called(kind: Kind): string {
  if (kind === 'null') return kind
  return kind === 'array' || kind === 'object' ? `an ${kind}` : `a ${kind}`
}

/** The value of the pact, as a message quotes it. */
export function quoted(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
