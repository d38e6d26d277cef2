import { code, type Schema } from '../schema/case.ts'
import { literalsOf } from '../schema/pattern.ts'

/** Patterns by which our own pacts say bounds of numbers. */
const bounds: Readonly<Record<string, Schema>> = {
  '^[0-9]+$': { type: 'integer', minimum: 0 },
  '^[1-9][0-9]*$': { type: 'integer', minimum: 1 },
  '^[^-].*$': { type: 'number', minimum: 0 },
  '^[0.]*[1-9].*$': { type: 'number', exclusiveMinimum: 0 },
}

/** The numbers whose text matches. */
export function numbersLike(regex: string): Schema {
  const known = bounds[regex]
  if (known !== undefined) return known
  const numbers = literalsOf(regex)?.map(Number)
  return numbers && !numbers.some(Number.isNaN) ? { enum: numbers } : { type: 'number', [code]: [`matches ${regex}`] }
}
