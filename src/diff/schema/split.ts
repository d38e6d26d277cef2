import { type Case, type Document, fieldOf, type ObjectCase, type ValueCase } from './case.ts'
import type { Here } from './comparison.ts'
import { listed } from './number.ts'

/** A case in parts that may fit where the whole does not: a short range of numbers, an object for each value of a field. */
export function split(one: Case, others: readonly Case[], { inner, outer }: Here): Case[] | undefined {
  if (others.length < 2) return undefined
  if (one.kind === 'number') return listed(one)?.map((value) => ({ kind: 'value', value, code: one.code }))
  if (one.kind !== 'object') return undefined
  for (const name of one.required) {
    const values = inner.cases(fieldOf(one, name))
    const isSeveral = values.length > 1 && values.every(isPlainValue)
    // Only by fields that tell kinds of objects apart: every other one would double the work for nothing.
    if (isSeveral && others.some((other) => tells(other, name, outer)))
      return values.map((value) => within(one, name, value))
  }
  return undefined
}

function isPlainValue(one: Case): one is ValueCase {
  return one.kind === 'value' && one.code.length === 0
}

function tells(other: Case, name: string, document: Document): boolean {
  if (other.kind !== 'object') return false
  const [only, ...more] = document.cases(fieldOf(other, name))
  return only?.kind === 'value' && more.length === 0
}

function within(one: ObjectCase, name: string, { value }: ValueCase): ObjectCase {
  return { ...one, fields: new Map([...one.fields, [name, { const: value }]]) }
}
