import { expect, test } from 'vitest'
import type { JsonSchema } from '../../src/contract/wire-schema.ts'
import { formatPath } from '../../src/pact/path.ts'
import { code, hidden, type Schema } from '../../src/diff/schema/case.ts'
import { excess } from '../../src/diff/schema/excess.ts'

/** `$.a: be null`; `?` before what cannot be told. */
function found(inner: Schema, outer: Schema): string[] {
  return excess(inner, outer).map(({ path, what, isSure }) => `${isSure ? '' : '? '}${formatPath(path)}: ${what}`)
}

const text = { type: 'string' }
const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...more,
})
const list = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({ type: 'array', items, ...more })
const person = { $defs: { person: object({ name: text }) } }
const tree = (value: JsonSchema): JsonSchema => object({ value, parts: list({ $ref: '#' }) })

/** What the wide schema accepts and the narrow one does not; nothing the other way round. */
test.each<[keyword: string, narrow: Schema, wide: Schema, ...what: string[]]>([
  ['type', text, { type: ['string', 'null'] }, '$: be null'],
  ['type: several', text, { type: ['string', 'null', 'integer'] }, '$: be null', '$: be a whole number'],
  ['type: whole numbers', { type: 'integer' }, { type: 'number' }, '$: be a number with a fraction'],
  ['no type', text, {}, '$: be anything'],
  ['false', false, text, '$: be a text'],
  ['true', { type: 'object' }, true, '$: be anything'],
  ['not: {}', { not: {} }, { type: 'null' }, '$: be null'],
  ['const', { const: 'a' }, { enum: ['a', 'b'] }, '$: be "b"'],
  ['const: object', { const: { a: 1 } }, { enum: [{ a: 1 }, { a: 2 }] }, '$.a: be 2'],
  ['const: list', { const: [1] }, { enum: [[1], [1, 2]] }, '$: have more than 1 element'],
  ['enum', { enum: ['a', 1, null] }, { enum: [null, 'a', 1, true] }, '$: be true'],
  ['enum to type', { enum: ['a', 'b'] }, text, '$: be a text other than "a" and "b"'],
  ['enum of numbers to type', { enum: [1, 2] }, { type: 'integer' }, '$: be a whole number other than 1 and 2'],
  ['both booleans', { const: true }, { type: 'boolean' }, '$: be false'],
  ['minimum', { type: 'number', minimum: 3 }, { type: 'number' }, '$: be less than 3'],
  ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 0 }, { type: 'number', minimum: 0 }, '$: be no more than 0'],
  ['maximum', { type: 'number', maximum: 3 }, { type: 'number', maximum: 4 }, '$: be more than 3'],
  ['exclusiveMaximum', { type: 'number', exclusiveMaximum: 3 }, { type: 'number', maximum: 3 }, '$: be no less than 3'],
  [
    'whole numbers above 0',
    { type: 'integer', exclusiveMinimum: 0 },
    { type: 'integer', minimum: 0 },
    '$: be less than 1',
  ],
  ['a short range', { enum: [1, 2] }, { type: 'integer', minimum: 1, maximum: 3 }, '$: be 3'],
  ['minLength: 1', { ...text, minLength: 1 }, text, '$: be empty'],
  ['minLength', { ...text, minLength: 3 }, { ...text, minLength: 2 }, '$: have fewer than 3 characters'],
  ['maxLength', { ...text, maxLength: 3 }, text, '$: have more than 3 characters'],
  ['pattern', { ...text, pattern: '^a+$' }, text, '$: be a text unlike /^a+$/'],
  ['a pattern that lists', { const: 'a' }, { ...text, pattern: '^(?:a|b)$' }, '$: be "b"'],
  [
    'a pattern that counts',
    { ...text, minLength: 2 },
    { ...text, pattern: String.raw`^[\s\S]{1,}$` },
    '$: have fewer than 2 characters',
  ],
  ['format', { ...text, format: 'uri' }, text, '$: be a text that is not of the format "uri"'],
  ['required', object({ a: text }), { type: 'object', properties: { a: text } }, '$.a: be missing'],
  ['properties', object({ a: { const: 1 } }), object({ a: {} }), '$.a: be anything'],
  [
    'properties: an odd name',
    object({ 'a b': text }),
    object({ 'a b': { type: ['string', 'null'] } }),
    "$['a b']: be null",
  ],
  ['additionalProperties: false', object({}, { additionalProperties: false }), object({}), '$: have other fields'],
  ['additionalProperties', object({}, { additionalProperties: text }), object({}), '$.*: be anything'],
  [
    'a field that closed objects have not',
    object({}, { additionalProperties: false }),
    { type: 'object', properties: { a: text }, additionalProperties: false },
    '$.a: be there',
  ],
  [
    'propertyNames',
    { type: 'object', propertyNames: { enum: ['a'] }, additionalProperties: text },
    { type: 'object', additionalProperties: text },
    '$: have fields of other names',
  ],
  ['items', list(text), list({}), '$[*]: be anything'],
  ['items: true', list(text), { type: 'array' }, '$[*]: be anything'],
  ['minItems: 1', list(text, { minItems: 1 }), list(text), '$: be empty'],
  ['minItems', list(text, { minItems: 2 }), list(text, { minItems: 1 }), '$: have fewer than 2 elements'],
  ['maxItems', list(text, { maxItems: 0 }), list(text), '$: have more than 0 elements'],
  [
    'prefixItems',
    { type: 'array', prefixItems: [text], items: false, minItems: 1 },
    { type: 'array', prefixItems: [{}], items: false, minItems: 1 },
    '$[0]: be anything',
  ],
  [
    'prefixItems and items',
    { type: 'array', prefixItems: [text, text], items: false },
    list(text),
    '$: have more than 2 elements',
  ],
  ['anyOf', text, { anyOf: [text, { type: 'null' }] }, '$: be null'],
  ['oneOf', text, { oneOf: [text, { type: 'null' }] }, '$: be null'],
  ['allOf', { allOf: [{ type: 'integer' }, { minimum: 0 }] }, { type: 'integer' }, '$: be less than 0'],
  [
    'allOf: fields',
    { allOf: [object({ a: text }), object({ b: text })] },
    object({ a: text }),
    '$.b: be missing',
    '$.b: be anything',
  ],
  ['$ref', { $ref: '#/$defs/person', ...person }, object({ name: {} }), '$.name: be anything'],
  ['$ref to itself', tree(text), tree({ type: ['string', 'null'] }), '$.value: be null'],
  [
    'nested',
    object({ a: list(object({ b: text })) }),
    object({ a: list(object({})) }),
    '$.a[*].b: be missing',
    '$.a[*].b: be anything',
  ],
])('%s', (_keyword, narrow, wide, ...what) => {
  expect(found(wide, narrow)).toEqual(what)
  expect(found(narrow, wide)).toEqual([])
  expect(found(wide, wide)).toEqual([])
  expect(found(narrow, narrow)).toEqual([])
})

const cat = (more: Record<string, JsonSchema>) => object({ kind: { const: 'cat' }, ...more })
const dog = (more: Record<string, JsonSchema>) => object({ kind: { const: 'dog' }, ...more })

test('of several kinds of objects, each is compared with its own', () => {
  const before: Schema = { oneOf: [cat({ lives: { const: 9 } }), dog({ barks: { type: 'boolean' } })] }
  const now: Schema = { oneOf: [cat({ lives: { type: 'integer' } }), dog({ barks: { type: 'boolean' } })] }
  expect(found(now, before)).toEqual(['$.lives: be a whole number other than 9'])
  expect(found(before, now)).toEqual([])
})

test('a field that lists its values is as good as an alternative for each of them', () => {
  const listed = object({ kind: { enum: ['cat', 'dog'] } })
  const apart: Schema = { anyOf: [cat({}), dog({})] }
  expect([found(listed, apart), found(apart, listed)]).toEqual([[], []])
})

test.each<[what: string, inner: Schema, outer: Schema, said: string]>([
  ['two patterns', { ...text, pattern: '^[ab]$' }, { ...text, pattern: '^(?:a|b){1}$' }, '? $: might be a text'],
  [
    'a pattern and a format',
    { ...text, pattern: 'a' },
    { ...text, format: 'uri' },
    '? $: might be a text that is not of the format',
  ],
  ['code', text, { ...text, [code]: ['(s) => s > 3'] }, '? $: is narrowed in a way that cannot be compared'],
  ['multipleOf', { type: 'number' }, { type: 'number', multipleOf: 5 }, '? $: is narrowed in a way'],
  ['uniqueItems', { type: 'array' }, { type: 'array', uniqueItems: true }, '? $: is narrowed in a way'],
  ['not', text, { ...text, not: { const: 'a' } }, '? $: is narrowed in a way'],
  ['what cannot be seen', { [hidden]: 'a' }, { [hidden]: 'b' }, '? $: is demanded in a way that cannot be seen'],
  ['what could be seen before', text, { [hidden]: 'b' }, '? $: is demanded in a way that cannot be seen'],
  ['what can no longer be seen', { [hidden]: 'b' }, text, '? $: is demanded in a way that cannot be seen'],
  ['patternProperties', { type: 'object' }, { type: 'object', patternProperties: { a: text } }, '? $: is demanded'],
  ['a reference into nowhere', text, { $ref: '#/$defs/none' }, '? $: is narrowed in a way'],
  ['alternatives that overlap', text, { oneOf: [text, { type: ['string', 'null'] }] }, '? $: is narrowed in a way'],
])('what cannot be told is told to be so: %s', (_what, inner, outer, said) => {
  const [only, ...others] = found(inner, outer)
  expect(only).toContain(said)
  expect(others).toEqual([])
  expect(found(outer, outer)).toEqual([])
  expect(found(inner, inner)).toEqual([])
})

test('of two patterns, one text that only one of them matches is enough', () => {
  const [before, now] = [
    { ...text, pattern: '^[a-z]+$' },
    { ...text, pattern: '^[A-Z]+$' },
  ]
  expect(found(now, before)).toEqual(['$: be a text like /^[A-Z]+$/'])
})

test('a wider schema that is refined by code says so in one direction only', () => {
  const refined: Schema = { ...text, [code]: ['long enough'] }
  expect(found(refined, text)).toEqual([])
  expect(found(refined, { ...text, [code]: ['long enough'] })).toEqual([])
})

test('whatever nests without end is compared to its end', () => {
  const deep = (depth: number): JsonSchema => (depth === 0 ? text : list(deep(depth - 1)))
  expect(found(deep(40), deep(40))).toEqual([])
  expect(found(deep(80), deep(80))[0]).toMatch(/nested too deeply/)
})

test('what differs only in wording, order or numbers that JavaScript does not count to is the same', () => {
  const one: Schema = object({ a: { type: 'integer', minimum: -9007199254740991 }, b: text }, { title: 'One' })
  const other: Schema = object({ b: { ...text, description: 'the second' }, a: { type: 'integer' } })
  expect([found(one, other), found(other, one)]).toEqual([[], []])
})
