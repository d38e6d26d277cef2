import type { JsonSchema } from '../../contract/wire-schema.ts'
import type { NumberCase } from './case.ts'

/** None when no number is within the bounds. */
export function numberCase(schema: JsonSchema, integer: boolean): NumberCase[] {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, exclusiveMaximum = Infinity } = schema
  return settled({
    kind: 'number',
    integer,
    least: Math.max(minimum, exclusiveMinimum),
    above: exclusiveMinimum >= minimum,
    most: Math.min(maximum, exclusiveMaximum),
    below: exclusiveMaximum <= maximum,
    code: [],
  })
}

export function bothNumbers(a: NumberCase, b: NumberCase): NumberCase[] {
  return settled({
    kind: 'number',
    integer: a.integer || b.integer,
    least: Math.max(a.least, b.least),
    above: (a.above && a.least >= b.least) || (b.above && b.least >= a.least),
    most: Math.min(a.most, b.most),
    below: (a.below && a.most <= b.most) || (b.below && b.most <= a.most),
    code: [...a.code, ...b.code],
  })
}

/** Bounds that are written differently and mean the same become the same. */
function settled(given: NumberCase): NumberCase[] {
  let { least, above, most, below } = given
  // What JavaScript counts to is no demand of a contract.
  if (given.integer && least <= Number.MIN_SAFE_INTEGER) least = -Infinity
  if (given.integer && most >= Number.MAX_SAFE_INTEGER) most = Infinity
  if (given.integer && Number.isFinite(least))
    [least, above] = [above ? Math.floor(least) + 1 : Math.ceil(least), false]
  if (given.integer && Number.isFinite(most)) [most, below] = [below ? Math.ceil(most) - 1 : Math.floor(most), false]
  if (least === -Infinity) above = false
  if (most === Infinity) below = false
  const isEmpty = least > most || (least === most && (above || below))
  return isEmpty ? [] : [{ ...given, least, above, most, below }]
}

export function isWithin({ integer, least, above, most, below }: NumberCase, value: number): boolean {
  if (integer && !Number.isInteger(value)) return false
  return (above ? value > least : value >= least) && (below ? value < most : value <= most)
}

const mostListed = 20

/** All numbers of a short range of whole ones; `undefined` of any other. */
export function listed({ integer, least, most }: NumberCase): number[] | undefined {
  if (!integer || !(most - least < mostListed)) return undefined
  return Array.from({ length: most - least + 1 }, (_, index) => least + index)
}
