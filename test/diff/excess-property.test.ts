import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plain, type Schema } from '../../src/diff/schema/case.ts'
import { excess } from '../../src/diff/schema/excess.ts'

const names = ['a', 'b', 'c']
const texts = ['', 'a', 'b', 'ab', 'abc', 'ba']
const scalars = fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 3, 1.5, -1, ...texts)

/** Small values, so that schemas and values meet often. */
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const small = fc.integer({ min: 0, max: 3 })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.record({ value }, { requiredKeys: [] })

/** A keyword that is there or not. */
function keyword<Value>(name: string, value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return optional(value).map((one) => (one.value === undefined ? {} : { [name]: one.value }))
}

function keywords(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...parts).map((found) => Object.assign({}, ...found) as object)
}

const pattern = fc.constantFrom('^a', 'b$', '^(?:a|b)$', '^[ab]*$', String.raw`^[\s\S]{1,2}$`, 'a|b')
const number = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name) => keyword(name, small))

const { schema: schemas } = fc.letrec((tie) => {
  const schema = tie('schema') as fc.Arbitrary<object>
  const fields = fc.dictionary(fc.constantFrom(...names), schema, { maxKeys: 3, noNullPrototype: true })
  const required = fc.subarray(names)
  const open = fc.oneof(fc.boolean(), schema)
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'schema' },
      fc.constant({}),
      fc.record({ const: scalars }),
      fc.record({ enum: fc.uniqueArray(scalars, { minLength: 1, maxLength: 4 }) }),
      fc.record({ type: fc.constantFrom('null', 'boolean', 'string', 'number', 'integer', 'array', 'object') }),
      keywords(fc.record({ type: fc.constantFrom('number', 'integer') }), ...number),
      keywords(
        fc.record({ type: fc.constant('string') }),
        keyword('minLength', small),
        keyword('maxLength', small),
        keyword('pattern', pattern),
      ),
      keywords(
        keyword('type', fc.constant('array')),
        keyword('items', schema),
        keyword('prefixItems', fc.array(schema, { minLength: 1, maxLength: 2 })),
        keyword('minItems', small),
        keyword('maxItems', small),
        keyword('uniqueItems', fc.boolean()),
      ),
      keywords(
        keyword('type', fc.constant('object')),
        keyword('properties', fields),
        keyword('required', required),
        keyword('additionalProperties', open),
        keyword('propertyNames', fc.record({ enum: fc.subarray(names, { minLength: 1 }) })),
        keyword('minProperties', small),
      ),
      fc.record({ anyOf: fc.array(schema, { minLength: 1, maxLength: 3 }) }),
      fc.record({ oneOf: fc.array(schema, { minLength: 1, maxLength: 2 }) }),
      fc.record({ allOf: fc.array(schema, { minLength: 1, maxLength: 2 }) }),
      fc.record({ not: schema }),
    ),
  }
})

const schema = schemas as fc.Arbitrary<Schema>
const ajv = new Ajv2020({ strict: false })

/** The same, with one thing changed somewhere: two schemas drawn apart have hardly anything in common. */
const pairs = fc.oneof(
  fc.tuple(schema, schema),
  fc.tuple(schema, schema).map(([a, b]) => [a, { anyOf: [a, b] }] as [Schema, Schema]),
  fc.tuple(schema, schema).map(([a, b]) => [{ allOf: [a, b] }, a] as [Schema, Schema]),
  fc.tuple(schema, schema, schema).map(([a, b, c]) => {
    const within = (part: Schema) => ({ type: 'object', properties: { a: part, b }, required: ['a'] })
    return [within(a), within(c)] as [Schema, Schema]
  }),
)

test('property: what is said to be accepted is accepted', { timeout: 120_000 }, () => {
  let claims = 0
  fc.assert(
    fc.property(pairs, fc.array(values, { minLength: 5, maxLength: 20 }), ([inner, outer], tried) => {
      if (excess(inner, outer).length > 0) return
      claims++
      const [accepts, wanted] = [ajv.compile(inner), ajv.compile(outer)]
      expect(tried.filter((value) => accepts(value) && !wanted(value))).toEqual([])
    }),
    { numRuns: 3_000 },
  )
  expect(claims).toBeGreaterThan(300)
})

test('property: a schema has nothing beyond itself', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(schema, (one) => {
      expect(excess(one, structuredClone(one))).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

test(
  'property: what only narrows a schema takes nothing to it, and what only widens it keeps all',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(schema, schema, (one, other) => {
        expect(excess({ allOf: [plain(one), plain(other)] }, one)).toEqual([])
        expect(excess(one, { anyOf: [plain(one), plain(other)] })).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  },
)
