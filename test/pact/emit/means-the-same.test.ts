import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../../src/contract/define.ts'
import { Gaps } from '../../../src/pact/emit/gaps.ts'
import { saySchema } from '../../../src/pact/emit/schema/say.ts'
import { compileJson } from '../../../src/pact/match/json/compile.ts'

/** A schema that a pact can say, and values that it takes. */
interface Sayable {
  schema: z.ZodType
  values: fc.Arbitrary<Json>
}

const words = ['', 'a', 'ab', 'abc', '0', '12', 'x y', 'é', 'A1', 'null', 'true']
const word = fc.constantFrom(...words)

const leaves: Sayable[] = [
  { schema: z.string(), values: word },
  { schema: z.string().min(1), values: word.filter((text) => text.length >= 1) },
  { schema: z.string().min(2).max(3), values: word.filter((text) => text.length >= 2 && text.length <= 3) },
  { schema: z.string().regex(/^[a-z]+\d?/), values: fc.constantFrom('a', 'ab1', 'abc', 'a1 and more') },
  { schema: z.string().regex(/b|1/), values: fc.constantFrom('ab', '12', 'abc') },
  { schema: z.enum(['a', 'a.b', 'c']), values: fc.constantFrom('a', 'a.b', 'c') },
  { schema: z.literal('EUR'), values: fc.constant('EUR') },
  { schema: z.literal(7), values: fc.constant(7) },
  { schema: z.int(), values: fc.integer() },
  { schema: z.int().positive(), values: fc.integer({ min: 1 }) },
  { schema: z.int().min(0), values: fc.integer({ min: 0 }) },
  { schema: z.int().min(-2).max(3), values: fc.integer({ min: -2, max: 3 }) },
  { schema: z.number(), values: fc.constantFrom(0, 1, -1.5, 9, 1e21) },
  { schema: z.number().min(0), values: fc.constantFrom(0, 0.5, 1, 1e-7) },
  { schema: z.number().positive(), values: fc.constantFrom(0.5, 1, 1e-7, 100) },
  { schema: z.boolean(), values: fc.boolean() },
  { schema: z.int().nullable(), values: fc.constantFrom(null, 1, -5) },
  { schema: z.string().nullable(), values: fc.option(word) },
]

const sayables: fc.Arbitrary<Sayable> = fc.letrec<{
  sayable: Sayable
  leaf: Sayable
  list: Sayable
  record: Sayable
  map: Sayable
}>((tie) => ({
  leaf: fc.constantFrom(...leaves),
  list: fc.tuple(tie('sayable'), fc.constantFrom(0, 1, 2)).map(([{ schema, values }, min]) => ({
    schema: z.array(schema).min(min),
    values: fc.array(values, { minLength: min, maxLength: 4 }),
  })),
  record: fc
    .dictionary(fc.constantFrom('a', 'b', 'odd key'), tie('sayable'), { minKeys: 1, maxKeys: 3, noNullPrototype: true })
    .map((fields) => ({
      schema: z.object(Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))),
      values: fc.record(
        Object.fromEntries(Object.entries(fields).map(([name, { values }]) => [name, values])),
      ) as fc.Arbitrary<Json>,
    })),
  map: tie('sayable').map(({ schema, values }) => ({
    schema: z.record(z.string(), schema),
    values: fc.dictionary(fc.constantFrom('key', 'k', 'a b'), values, {
      minKeys: 1,
      noNullPrototype: true,
    }) as fc.Arbitrary<Json>,
  })),
  sayable: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('list'), tie('record'), tie('map')),
})).sayable

/** Not within lists and maps, where no pact can say it. */
const nothingIn: Sayable = {
  schema: z.object({ none: z.array(z.int()).max(0), n: z.int() }),
  values: fc.record({ none: fc.constant([]), n: fc.integer() }) as fc.Arbitrary<Json>,
}

function said(schema: z.ZodType) {
  const gaps = new Gaps({ file: '', mayOmit: [] })
  const { shown = null, rules = [] } = saySchema(schema, gaps) ?? {}
  expect(gaps.problems).toEqual([])
  return compileJson({ value: shown, rules, extraKeys: 'allowed' })
}

test('a pact takes every value that its contract takes', () => {
  const cases = fc
    .oneof(sayables, fc.constant(nothingIn))
    .chain(({ schema, values }) => values.map((value) => ({ schema, value })))
  fc.assert(
    fc.property(cases, ({ schema, value }) => said(schema).matches(value)),
    { numRuns: 500 },
  )
})

test('and no value that its contract does not take', () => {
  const odd = fc.oneof(
    word,
    fc.constantFrom<Json>(null, true, 0, 1, -3, 4, 1.5, [], {}, [1], { a: 1 }, [[]]),
    fc.jsonValue() as fc.Arbitrary<Json>,
  )
  const cases = fc
    .oneof(sayables, fc.constant(nothingIn))
    .chain(({ schema, values }) =>
      fc.tuple(values, odd, fc.nat()).map(([value, other, at]) => ({ schema, value: swapped(value, other, at) })),
    )
  fc.assert(
    fc.property(cases, ({ schema, value }) => {
      // What JavaScript can count to is no demand of a contract.
      fc.pre(isCountable(value))
      return z.safeParse(schema, value).success || !said(schema).matches(value)
    }),
    { numRuns: 2_000 },
  )
})

function isCountable(value: Json): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value)
  return typeof value !== 'object' || value === null || Object.values(value).every(isCountable)
}

/** The value with another in the place of some part of it. */
function swapped(value: Json, other: Json, at: number): Json {
  if (typeof value !== 'object' || value === null || at % 3 === 0) return other
  const keys = Object.keys(value)
  const key = keys[at % Math.max(1, keys.length)]
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.map((part: Json, index) => (String(index) === key ? swapped(part, other, at >> 1) : part))
  const record = value as { readonly [key: string]: Json }
  return { ...record, [key]: swapped(record[key] ?? null, other, at >> 1) }
}
