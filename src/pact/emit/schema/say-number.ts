import type { JsonSchema } from '../../../contract/wire-schema.ts'
import type { Matcher } from '../../model.ts'
import { type Here, leaf, ruleAt, type Said, type Saying } from './saying.ts'

/** More than so many whole numbers are not listed in a pattern. */
const mostListed = 200

export function sayNumber({ schema, path, hint }: Here, { gaps }: Saying): Said {
  const isInteger = schema.type === 'integer'
  const bounds = boundsOf(schema)
  const pattern = isInteger ? integersWithin(bounds) : numbersFrom(bounds)
  if (pattern === undefined || schema['multipleOf'] !== undefined)
    gaps.report('number bounds', path, 'not every number is allowed')
  // `decimal` would refuse 9, which is how JavaScript writes 9.0.
  const matchers: Matcher[] = [{ match: isInteger ? 'integer' : 'number' }]
  if (pattern) matchers.push({ match: 'regex', regex: pattern })
  return leaf(typeof hint === 'number' ? hint : exampleWithin(bounds, isInteger), ruleAt(path, matchers))
}

interface Bounds {
  /** The least number that is allowed; with `above`, it is not allowed itself. */
  least: number
  above: boolean
  most: number
  below: boolean
}

function boundsOf(schema: JsonSchema): Bounds {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, exclusiveMaximum = Infinity } = schema
  const isSafe = (bound: number) => Math.abs(bound) >= Number.MAX_SAFE_INTEGER
  const least = Math.max(minimum, exclusiveMinimum)
  const most = Math.min(maximum, exclusiveMaximum)
  return {
    // What JavaScript counts to is no demand of the contract.
    least: isSafe(least) ? -Infinity : least,
    above: exclusiveMinimum >= minimum,
    most: isSafe(most) ? Infinity : most,
    below: exclusiveMaximum <= maximum,
  }
}

/** A pattern for the whole numbers within bounds: `''` when there are none, `undefined` when no short one says it. */
function integersWithin({ least, above, most, below }: Bounds): string | undefined {
  if (least === -Infinity && most === Infinity) return ''
  const first = above ? Math.floor(least) + 1 : Math.ceil(least)
  const last = below ? Math.ceil(most) - 1 : Math.floor(most)
  if (last === Infinity) return first === 0 ? '^[0-9]+$' : first === 1 ? '^[1-9][0-9]*$' : undefined
  if (first === -Infinity || last - first >= mostListed) return undefined
  return `^(?:${Array.from({ length: last - first + 1 }, (_, index) => first + index).join('|')})$`
}

function numbersFrom({ least, above, most }: Bounds): string | undefined {
  if (most !== Infinity) return undefined
  if (least === -Infinity) return ''
  if (least !== 0) return undefined
  return above ? '^[0.]*[1-9].*$' : '^[^-].*$'
}

function exampleWithin({ least, above, most, below }: Bounds, isInteger: boolean): number {
  const isIn = (number: number) =>
    (above ? number > least : number >= least) && (below ? number < most : number <= most)
  const lowest = above ? Math.floor(least) + 1 : Math.ceil(least)
  const middle = (least + most) / 2
  return (
    [1, 0, lowest, least, most, isInteger ? Math.round(middle) : middle].find(
      (one) => Number.isFinite(one) && isIn(one),
    ) ?? 1
  )
}
