import { caseAccepts } from './accepts.ts'
import { type Case, type Document, fieldOf, type ObjectCase } from './case.ts'

/** Whether no value can be of both; `false` also when that cannot be told. */
export function areDisjoint(a: readonly Case[], b: readonly Case[], document: Document): boolean {
  return a.every((one) => b.every((other) => areApart(one, other, document)))
}

function areApart(a: Case, b: Case, document: Document): boolean {
  if (a.kind === 'hidden' || b.kind === 'hidden') return false
  if (a.kind === 'value') return caseAccepts(b, a.value, document) === false
  if (b.kind === 'value') return caseAccepts(a, b.value, document) === false
  if (a.kind === 'object' && b.kind === 'object') return objectsAreApart(a, b, document)
  return a.kind !== b.kind
}

/** By a field that both must have and that tells them apart. */
function objectsAreApart(a: ObjectCase, b: ObjectCase, document: Document): boolean {
  return [...a.required]
    .filter((name) => b.required.has(name))
    .some((name) => {
      const [ofA, ofB] = [document.cases(fieldOf(a, name)), document.cases(fieldOf(b, name))]
      const areValues = [...ofA, ...ofB].every(({ kind }) => kind === 'value')
      return areValues && areDisjoint(ofA, ofB, document)
    })
}
