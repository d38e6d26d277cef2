import { elementOf, isNever, type ListCase } from './case.ts'
import { type Excess, type Here, sure } from './comparison.ts'

export function excessOfLists(one: ListCase, other: ListCase, here: Here): Excess[] {
  const found: Excess[] = []
  if (one.min < other.min)
    found.push(sure(here, other.min === 1 ? 'be empty' : `have fewer than ${elements(other.min)}`))
  if (one.max > other.max) found.push(sure(here, `have more than ${elements(other.max)}`))
  const length = Math.max(one.first.length, other.first.length)
  for (let index = 0; index < Math.min(length, one.max, other.max); index++)
    found.push(...here.below(elementOf(one, index), elementOf(other, index), { index }))
  const isMore = Math.min(one.max, other.max) > length
  if (isMore && !isNever(one.rest) && !isNever(other.rest)) found.push(...here.below(one.rest, other.rest, '[*]'))
  return found
}

function elements(number: number): string {
  return number === 1 ? '1 element' : `${number} elements`
}
