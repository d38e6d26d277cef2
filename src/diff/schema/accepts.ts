import { type Case, type Document, elementOf, fieldOf, type ListCase, type ObjectCase, type Schema } from './case.ts'
import { isWithin } from './number.ts'
import { isText } from './text.ts'

/** Whether a schema accepts a value; `undefined` when it cannot be told. */
export function accepts(schema: Schema, value: unknown, document: Document): boolean | undefined {
  return any(document.cases(schema).map((one) => caseAccepts(one, value, document)))
}

export function caseAccepts(one: Case, value: unknown, document: Document): boolean | undefined {
  const visible = visiblyAccepts(one, value, document)
  return visible && one.code.length > 0 ? undefined : visible
}

function visiblyAccepts(one: Case, value: unknown, document: Document): boolean | undefined {
  switch (one.kind) {
    case 'value':
      return one.value === value
    case 'number':
      return typeof value === 'number' && isWithin(one, value)
    case 'text':
      return typeof value === 'string' && isText(one, value)
    case 'list':
      return Array.isArray(value) && listAccepts(one, value, document)
    case 'object':
      return isObject(value) && objectAccepts(one, value, document)
    case 'hidden':
      return undefined
  }
}

function listAccepts(one: ListCase, value: readonly unknown[], document: Document): boolean | undefined {
  if (value.length < one.min || value.length > one.max) return false
  return all(value.map((part, index) => accepts(elementOf(one, index), part, document)))
}

function objectAccepts(one: ObjectCase, value: Record<string, unknown>, document: Document): boolean | undefined {
  if ([...one.required].some((name) => !Object.hasOwn(value, name))) return false
  return all([
    ...Object.entries(value).map(([name, part]) => accepts(fieldOf(one, name), part, document)),
    ...Object.keys(value).flatMap((name) => one.names.map((names) => accepts(names, name, document))),
  ])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function any(found: readonly (boolean | undefined)[]): boolean | undefined {
  if (found.includes(true)) return true
  return found.includes(undefined) ? undefined : false
}

function all(found: readonly (boolean | undefined)[]): boolean | undefined {
  if (found.includes(false)) return false
  return found.includes(undefined) ? undefined : true
}
