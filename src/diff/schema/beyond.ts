import { caseAccepts } from './accepts.ts'
import { type Case, fieldOf, type ValueCase } from './case.ts'
import { doubt, type Excess, type Here, sure } from './comparison.ts'
import { excessOfLists } from './excess-list.ts'
import { excessOfNumbers } from './excess-number.ts'
import { excessOfObjects } from './excess-object.ts'
import { excessOfTexts } from './excess-text.ts'
import { split } from './split.ts'
import { nameOf, otherThan } from './words.ts'

/** The least that one case has beyond all of the others: it fits as soon as one of them takes it all. */
export function beyond(one: Case, others: readonly Case[], here: Here): Excess[] {
  if (one.kind === 'value') return valueBeyond(one, others, here)
  const found = others.flatMap((other) => {
    const differences = differencesOf(one, other, here)
    return differences === undefined ? [] : [{ differences, weight: weigh(differences, other, here) }]
  })
  const best = found.toSorted((a, b) => a.weight - b.weight)[0]?.differences
  if (best?.length === 0) return []
  const parts = split(one, others, here)
  if (parts) return parts.flatMap((part) => beyond(part, others, here))
  if (others.some(({ kind }) => kind === 'hidden')) return [doubt(here, 'is demanded in a way that cannot be seen')]
  // Several of them may take together what none takes alone.
  if (best && found.length > 1 && one.kind !== 'object')
    return best.map((each) => (each.isSure ? doubt(each, `might ${each.what}`) : each))
  return best ?? [sure(here, `be ${otherThan(one, others)}`)]
}

function valueBeyond(one: ValueCase, others: readonly Case[], here: Here): Excess[] {
  const found = others.map((other) => {
    const isSame = other.code.every((text) => one.code.includes(text))
    return caseAccepts(isSame ? { ...other, code: [] } : other, one.value, here.outer)
  })
  if (found.includes(true)) return []
  const name = nameOf(one)
  const isOpen = found.includes(undefined)
  return [isOpen ? doubt(here, `might be ${name}: whether that is accepted cannot be told`) : sure(here, `be ${name}`)]
}

/** `undefined` for what is of another kind altogether. */
function differencesOf(one: Case, other: Case, here: Here): Excess[] | undefined {
  const found = visibleDifferences(one, other, here)
  const isSame = other.code.every((text) => one.code.includes(text))
  return found && !isSame ? [...found, doubt(here, 'is narrowed in a way that cannot be compared')] : found
}

function visibleDifferences(one: Case, other: Case, here: Here): Excess[] | undefined {
  if (one.kind === 'hidden') {
    const isSame = other.kind === 'hidden' && other.text === one.text
    return isSame ? [] : [doubt(here, 'is demanded in a way that cannot be seen')]
  }
  if (one.kind === 'number' && other.kind === 'number') return excessOfNumbers(one, other, here)
  if (one.kind === 'text' && other.kind === 'text') return excessOfTexts(one, other, here)
  if (one.kind === 'list' && other.kind === 'list') return excessOfLists(one, other, here)
  if (one.kind === 'object' && other.kind === 'object') return excessOfObjects(one, other, here)
  return undefined
}

/** Of several kinds of objects, the one whose telling field fits is meant, however much else is different. */
function weigh(found: readonly Excess[], other: Case, { path: above, outer }: Here): number {
  if (other.kind !== 'object') return found.length
  const telling = found.filter(({ path }) => {
    const step = path.length === above.length + 1 ? path.at(-1) : undefined
    if (typeof step !== 'object' || !('field' in step)) return false
    return outer.cases(fieldOf(other, step.field)).every(({ kind }) => kind === 'value')
  })
  return found.length + 1_000 * telling.length
}
