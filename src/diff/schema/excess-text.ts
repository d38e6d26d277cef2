import { exampleOf } from '../../pact/emit/schema/pattern-example.ts'
import type { TextCase } from './case.ts'
import { doubt, type Excess, type Here, sure } from './comparison.ts'
import { matches } from './pattern.ts'
import { isText } from './text.ts'
import { showPattern } from './words.ts'

export function excessOfTexts(one: TextCase, other: TextCase, here: Here): Excess[] {
  const found: Excess[] = []
  if (one.min < other.min)
    found.push(sure(here, other.min === 1 ? 'be empty' : `have fewer than ${other.min} characters`))
  if (one.max > other.max) found.push(sure(here, `have more than ${characters(other.max)}`))
  for (const pattern of other.patterns)
    if (!one.patterns.includes(pattern)) found.push(beyondPattern(one, pattern, here))
  for (const format of other.formats)
    if (!one.formats.includes(format)) found.push(unlike(one, `be a text that is not of the format "${format}"`, here))
  return found
}

/** Of two patterns nobody can say in general; one text that only one of them matches is enough. */
function beyondPattern(one: TextCase, pattern: string, here: Here): Excess {
  const isOutside = examplesOf(one).some((text) => isText(one, text) === true && matches(pattern, text) === false)
  const own = one.patterns.map(showPattern).join(' and ')
  return isOutside ? sure(here, `be a text like ${own}`) : unlike(one, `be a text unlike ${showPattern(pattern)}`, here)
}

function unlike(one: TextCase, what: string, here: Here): Excess {
  const known = [...one.patterns.map(showPattern), ...one.formats.map((format) => `the format "${format}"`)]
  if (known.length === 0) return sure(here, what)
  return doubt(here, `might ${what}: of ${known.join(' and ')} that cannot be told`)
}

function examplesOf({ patterns, min }: TextCase): string[] {
  return patterns.flatMap((pattern) => {
    try {
      return [exampleOf(pattern, min), exampleOf(pattern, min + 1)]
    } catch {
      return []
    }
  })
}

function characters(number: number): string {
  return number === 1 ? '1 character' : `${number} characters`
}
