import type { NumberCase } from './case.ts'
import { type Excess, type Here, sure } from './comparison.ts'

export function excessOfNumbers(one: NumberCase, other: NumberCase, here: Here): Excess[] {
  const found: Excess[] = []
  if (other.integer && !one.integer) found.push(sure(here, 'be a number with a fraction'))
  if (one.least < other.least || (one.least === other.least && other.above && !one.above))
    found.push(sure(here, `be ${other.above ? 'no more than' : 'less than'} ${other.least}`))
  if (one.most > other.most || (one.most === other.most && other.below && !one.below))
    found.push(sure(here, `be ${other.below ? 'no less than' : 'more than'} ${other.most}`))
  return found
}
