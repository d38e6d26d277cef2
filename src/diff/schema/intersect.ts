import { canonicalJson } from '../../contract/fingerprint.ts'
import { caseAccepts } from './accepts.ts'
import {
  type Case,
  type Document,
  elementOf,
  fieldOf,
  isNever,
  plain,
  type ListCase,
  type ObjectCase,
  type Schema,
  type ValueCase,
} from './case.ts'
import { bothNumbers } from './number.ts'
import { bothTexts } from './text.ts'

/** What two cases have in common; `undefined` for nothing. */
export function intersect(a: Case, b: Case, document: Document): Case[] | undefined {
  if (a.kind === 'hidden') return [{ ...b, code: [...b.code, a.text, ...a.code] }]
  if (b.kind === 'hidden') return [{ ...a, code: [...a.code, b.text, ...b.code] }]
  if (a.kind === 'value') return valueWithin(a, b, document)
  if (b.kind === 'value') return valueWithin(b, a, document)
  if (a.kind === 'number' && b.kind === 'number') return bothNumbers(a, b)
  if (a.kind === 'text' && b.kind === 'text') return bothTexts(a, b)
  if (a.kind === 'list' && b.kind === 'list') return bothLists(a, b)
  if (a.kind === 'object' && b.kind === 'object') return bothObjects(a, b)
  return undefined
}

function valueWithin(value: ValueCase, other: Case, document: Document): Case[] | undefined {
  const { code, ...visible } = other
  const isIn = caseAccepts({ ...visible, code: [] } as Case, value.value, document)
  if (isIn === false) return undefined
  const doubt = isIn === undefined ? [canonicalJson(visible)] : []
  return [{ ...value, code: [...value.code, ...code, ...doubt] }]
}

function bothLists(a: ListCase, b: ListCase): Case[] {
  const length = Math.max(a.first.length, b.first.length)
  const all = Array.from({ length }, (_, index) => both(elementOf(a, index), elementOf(b, index)))
  const barred = all.findIndex(isNever)
  const first = barred === -1 ? all : all.slice(0, barred)
  const rest = barred === -1 ? both(a.rest, b.rest) : false
  const min = Math.max(a.min, b.min)
  const max = Math.min(a.max, b.max, isNever(rest) ? first.length : Infinity)
  return min > max ? [] : [{ kind: 'list', first, rest, min, max, code: [...a.code, ...b.code] }]
}

function bothObjects(a: ObjectCase, b: ObjectCase): Case[] {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()])
  const fields = new Map([...names].map((name) => [name, both(fieldOf(a, name), fieldOf(b, name))]))
  const required = new Set([...a.required, ...b.required])
  const rest = both(a.rest, b.rest)
  if ([...required].some((name) => isNever(fields.get(name) ?? rest))) return []
  return [{ kind: 'object', fields, rest, required, names: [...a.names, ...b.names], code: [...a.code, ...b.code] }]
}

function both(a: Schema, b: Schema): Schema {
  if (isNever(a) || isNever(b)) return false
  if (a === true || a === b) return b
  if (b === true) return a
  return { allOf: [plain(a), plain(b)] }
}
