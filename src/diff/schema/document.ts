import type { JsonSchema } from '../../contract/wire-schema.ts'
import { type Case, type Document, isNever, type Scalar, type Schema } from './case.ts'
import { areDisjoint } from './disjoint.ts'
import { intersect } from './intersect.ts'
import { codeOf, hiddenIn } from './keywords.ts'
import { casesOfTypes } from './typed.ts'

/** Reads a schema and its references. Each schema is taken apart once. */
export function documentOf(root: Schema): Document {
  const known = new WeakMap<object, readonly Case[]>()
  const open = new Set<object>()
  let isCut = false
  const document: Document = {
    cases(schema) {
      if (typeof schema === 'boolean') return schema ? casesOfTypes({}) : []
      const before = known.get(schema)
      if (before) return before
      // A reference that leads to itself says nothing.
      if (open.has(schema)) {
        isCut = true
        return [{ kind: 'hidden', text: 'a reference to itself', code: [] }]
      }
      open.add(schema)
      const found = read(schema, root, document)
      open.delete(schema)
      // What was read within itself is not all of it.
      if (!isCut) known.set(schema, found)
      if (open.size === 0) isCut = false
      return found
    },
    follow(schema) {
      const passed = new Set<Schema>()
      let here = schema
      while (
        typeof here === 'object' &&
        here.$ref !== undefined &&
        Object.keys(here).length === 1 &&
        !passed.has(here)
      ) {
        passed.add(here)
        here = targetOf(here.$ref, root) ?? here
      }
      return here
    },
  }
  return document
}

function read(schema: JsonSchema, root: Schema, document: Document): readonly Case[] {
  const unseen = hiddenIn(schema, root)
  if (unseen !== undefined) return [{ kind: 'hidden', text: unseen, code: [] }]
  if (isNever(schema)) return []
  const narrowing = codeOf(schema, root)
  return partsOf(schema, root, document)
    .reduce((all, part) => all.flatMap((one) => part.flatMap((other) => intersect(one, other, document) ?? [])))
    .map((one) => (narrowing.length > 0 ? { ...one, code: [...new Set([...one.code, ...narrowing])] } : one))
}

/** Keyword by keyword: all of them must hold. */
function partsOf(
  schema: JsonSchema,
  root: Schema,
  document: Document,
): readonly [readonly Case[], ...(readonly Case[])[]] {
  const { enum: values, anyOf, oneOf, allOf = [], $ref } = schema
  const parts: (readonly Case[])[] = []
  if ('const' in schema) parts.push(casesOfValue(schema.const))
  if (values) parts.push(values.flatMap(casesOfValue))
  if (anyOf) parts.push(anyOf.flatMap((one) => document.cases(one)))
  if (oneOf) parts.push(oneOfCases(oneOf, document))
  for (const one of allOf) parts.push(document.cases(one))
  if ($ref !== undefined) parts.push(referred($ref, root, document))
  return [casesOfTypes(schema), ...parts]
}

/** Where a value may be of two kinds at once, that only one of them counts is not looked into. */
function oneOfCases(oneOf: readonly Schema[], document: Document): Case[] {
  const groups = oneOf.map((one) => document.cases(one))
  const areApart = groups.every((group, index) =>
    groups.slice(index + 1).every((other) => areDisjoint(group, other, document)),
  )
  const cases = groups.flat()
  return areApart ? cases : cases.map((one) => ({ ...one, code: [...one.code, `oneOf: ${JSON.stringify(oneOf)}`] }))
}

function referred($ref: string, root: Schema, document: Document): readonly Case[] {
  const target = targetOf($ref, root)
  return target === undefined ? [{ kind: 'hidden', text: `the reference ${$ref}`, code: [] }] : document.cases(target)
}

function targetOf($ref: string, root: Schema): Schema | undefined {
  if (!$ref.startsWith('#')) return undefined
  let here: unknown = root
  for (const step of $ref.split('/').slice(1)) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return typeof here === 'boolean' || (typeof here === 'object' && here !== null) ? (here as Schema) : undefined
}

/** A list or an object is taken apart, so that it is compared like any other. */
function casesOfValue(value: unknown): Case[] {
  if (Array.isArray(value)) {
    const first = value.map((part: unknown): Schema => ({ const: part }))
    return [{ kind: 'list', first, rest: false, min: value.length, max: value.length, code: [] }]
  }
  if (typeof value !== 'object' || value === null) return [{ kind: 'value', value: value as Scalar, code: [] }]
  const fields = new Map(Object.entries(value).map(([name, part]): [string, Schema] => [name, { const: part }]))
  return [{ kind: 'object', fields, rest: false, required: new Set(fields.keys()), names: [], code: [] }]
}
