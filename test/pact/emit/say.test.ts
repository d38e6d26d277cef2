import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type BeyondPact, beyondPact } from '../../../src/contract/define.ts'
import { Gaps } from '../../../src/pact/emit/gaps.ts'
import { saySchema } from '../../../src/pact/emit/schema/say.ts'
import type { Matcher, Rule } from '../../../src/pact/model.ts'
import { formatPath } from '../../../src/pact/path.ts'

const place = ['interactions', 'read', 'response', 'body']

function say(schema: StandardSchemaV1, mayOmit: readonly BeyondPact[] = []) {
  const gaps = new Gaps({ file: 'a.contract.ts', mayOmit }, place)
  return { said: saySchema(schema, gaps), problems: gaps.problems, omitted: gaps.omitted }
}

/** `$.a: type AND regex ^x$` */
function inWords({ path, combine, matchers }: Rule): string {
  return `${formatPath(path)}: ${matchers.map(inWord).join(` ${combine} `)}`
}

function inWord(matcher: Matcher): string {
  const { match, ...details } = matcher
  return [match, ...Object.values(details)].join(' ')
}

describe('what a schema demands, as an example and rules', () => {
  const cases: [string, StandardSchemaV1, unknown, string[]][] = [
    ['a text', z.object({ title: z.string() }), { title: 'title' }, ['$.title: type']],
    ['no empty text', z.object({ a: z.string().min(1) }), { a: 'a' }, ['$.a: type AND notEmpty']],
    [
      'a long text',
      z.object({ ab: z.string().min(5) }),
      { ab: 'ababab' },
      [String.raw`$.ab: type AND regex ^[\s\S]{5,}$`],
    ],
    [
      'a short text',
      z.object({ word: z.string().max(2) }),
      { word: 'wo' },
      [String.raw`$.word: type AND regex ^[\s\S]{0,2}$`],
    ],
    ['a pattern', z.string().regex(/^[0-9a-f]{4}$/), '0000', ['$: type AND regex ^[0-9a-f]{4}$']],
    [
      'digits, which are more in Rust',
      z.string().regex(/^\d{2}\w$/),
      '00a',
      ['$: type AND regex ^[0-9]{2}[A-Za-z0-9_]$'],
    ],
    ['an enumeration', z.enum(['a.b', 'c']), 'a.b', [String.raw`$: type AND regex ^(?:a\.b|c)$`]],
    ['a literal', z.literal('EUR'), 'EUR', ['$: equality']],
    ['literals', z.union([z.literal(1), z.literal(2)]), 1, ['$: number AND regex ^(?:1|2)$']],
    ['a whole number', z.int(), 1, ['$: integer']],
    ['a whole number of the older spelling', z.number().int(), 1, ['$: integer']],
    ['a number, of which JavaScript writes 9.0 as 9', z.number(), 1, ['$: number']],
    ['a positive whole number', z.int().positive(), 1, ['$: integer AND regex ^[1-9][0-9]*$']],
    ['a whole number from 0 on', z.int().min(0), 1, ['$: integer AND regex ^[0-9]+$']],
    ['a few whole numbers', z.int().min(3).max(5), 3, ['$: integer AND regex ^(?:3|4|5)$']],
    ['a number from 0 on', z.number().min(0), 1, ['$: number AND regex ^[^-].*$']],
    ['a positive number', z.number().positive(), 1, ['$: number AND regex ^[0.]*[1-9].*$']],
    ['a boolean', z.boolean(), true, ['$: type']],
    ['null', z.null(), null, ['$: null']],
    ['a number or null', z.object({ a: z.int().nullable() }), { a: 1 }, ['$.a: integer OR null']],
    ['text or a number', z.union([z.number(), z.string()]), 'text', ['$: number OR type']],
    ['a list', z.array(z.int()), [1], ['$: type', '$[*]: integer']],
    ['a list with a least', z.array(z.int()).min(2), [1, 1], ['$: type 2', '$[*]: integer']],
    ['a list with a least and a most', z.array(z.int()).min(1).max(3), [1], ['$: type 1 3', '$[*]: integer']],
    ['an empty list', z.object({ a: z.array(z.int()).max(0) }), { a: [] }, []],
    ['a tuple', z.tuple([z.int(), z.string()]), [1, 'text'], ['$[0]: integer', '$[1]: type']],
    ['a map', z.record(z.string(), z.object({ n: z.int() })), { key: { n: 1 } }, ['$: values', '$.*.n: integer']],
    [
      'an object in lists',
      z.array(z.object({ a: z.array(z.string()) })),
      [{ a: ['a'] }],
      ['$: type', '$[*].a: type', '$[*].a[*]: type'],
    ],
    ['an odd name', z.object({ 'odd key': z.int() }), { 'odd key': 1 }, ["$['odd key']: integer"]],
    [
      'an intersection',
      z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
      { a: 1, b: 1 },
      ['$.a: integer', '$.b: integer'],
    ],
    ['an example of the user', z.object({ a: z.string().meta({ examples: ['hi'] }) }), { a: 'hi' }, ['$.a: type']],
    [
      'an example of the whole',
      z.object({ a: z.string(), n: z.int() }).meta({ examples: [{ a: 'hi', n: 7 }] }),
      { a: 'hi', n: 7 },
      ['$.a: type', '$.n: integer'],
    ],
    ['a brand', z.string().brand('id'), 'text', ['$: type']],
    ['trimmed text', z.string().trim(), 'text', ['$: type']],
  ]
  test.each(cases)('%s', (_, schema, example, rules) => {
    const { said, problems } = say(schema)
    expect(problems).toEqual([])
    expect(said?.shown).toEqual(example)
    expect(said?.rules.map(inWords)).toEqual(rules)
  })

  test.each([z.uuid(), z.iso.datetime(), z.iso.date(), z.email(), z.iso.time(), z.ipv4()])(
    'the example of a format keeps it: %#',
    (schema) => {
      const { said, problems } = say(schema)
      expect(problems).toEqual([])
      expect(z.safeParse(schema, said?.shown).success).toBe(true)
    },
  )

  test.each([z.cuid2(), z.jwt(), z.base64()])(
    'one without a pattern to show, or with an odd one, is no crash: %#',
    (schema) => {
      const { problems } = say(schema, beyondPact)
      expect(problems.filter(({ message }) => !message.startsWith('no example was found'))).toEqual([])
    },
  )
})

const Tree = z.object({
  name: z.string(),
  get branches() {
    return z.array(Tree)
  },
})

describe('what no pact can say', () => {
  const cases: [BeyondPact, StandardSchemaV1, string, unknown][] = [
    ['closed objects', z.strictObject({ a: z.int() }), '$', { a: 1 }],
    ['closed objects', z.object({ a: z.int() }).catchall(z.string()), '$', { a: 1 }],
    ['optional fields', z.object({ a: z.int(), b: z.string().optional() }), '$.b', { a: 1 }],
    ['number bounds', z.object({ a: z.number().min(0.5) }), '$.a', { a: 1 }],
    ['number bounds', z.int().min(1).max(100_000), '$', 1],
    ['number bounds', z.int().multipleOf(5), '$', expect.anything()],
    ['patterns', z.string().regex(/^(?!x)abc/), '$', 'abc'],
    ['patterns', z.url(), '$', 'https://example.com/'],
    ['empty lists', z.array(z.object({ a: z.array(z.int()).max(0) })), '$[*].a', [{ a: [] }]],
    ['alternatives', z.object({ job: z.object({ id: z.int() }).nullable() }), '$.job', {}],
    ['alternatives', z.object({ a: z.int(), b: z.unknown() }), '$.b', { a: 1 }],
    ['alternatives', z.object({ a: z.union([z.string().min(1), z.null()]) }), '$.a', {}],
    ['recursion', Tree, '$.branches[*]', { name: 'name', branches: [] }],
    ['refinements', z.object({ a: z.string().refine((text) => text !== '') }), '$.a', { a: 'a' }],
    ['transforms', z.object({ a: z.string().transform(Number) }), '$.a', { a: 'a' }],
  ]
  test.each(cases)('%s', (kind, schema, path, left) => {
    const strict = say(schema)
    const found = strict.problems.find(({ message }) => message.endsWith('and no pact can say so'))
    expect(found).toMatchObject({ file: 'a.contract.ts', path: path === '$' ? place : [...place, path] })
    expect(found?.hint).toContain(`pact: { mayOmit: ['${kind}'] }`)
    const lenient = say(schema, [kind])
    expect(lenient.omitted.join()).toContain(`body ${path}: `)
    expect(lenient.said?.shown).toEqual(left)
    expect(beyondPact).toContain(kind)
  })

  test('a type that JSON does not have is a problem, whatever may be left out', () => {
    expect(say(z.object({ a: z.date() }), beyondPact).problems[0]).toMatchObject({
      message: '"date" is no type of JSON',
      path: [...place, '$.a'],
    })
  })

  test('a schema whose vendor tells nothing of it is a problem', () => {
    const silent: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'silent', validate: (value) => ({ value }) } }
    expect(say(silent).problems).toMatchObject([{ message: 'silent tells nothing of its schemas' }])
  })

  test('a schema of another library is said by the JSON Schema that it offers', () => {
    const input = () => ({
      $ref: '#/$defs/page',
      $defs: {
        page: {
          type: 'object',
          properties: { id: { type: 'integer', minimum: 1 }, at: { type: 'string', format: 'date-time' } },
          required: ['id', 'at'],
        },
      },
    })
    const foreign = {
      '~standard': { version: 1, vendor: 'other', validate: (value: unknown) => ({ value }), jsonSchema: { input } },
    }
    const { said, problems } = say(foreign as unknown as StandardSchemaV1)
    expect(problems).toEqual([])
    expect(said?.shown).toEqual({ id: 1, at: '2026-01-31T12:30:00Z' })
    expect(said?.rules.map(inWords)).toEqual([
      '$.id: integer AND regex ^[1-9][0-9]*$',
      expect.stringMatching(/^\$\.at: type AND regex \^\[0-9\]\{4\}/),
    ])
  })

  test('an example that the schema refuses is a problem that asks for one', () => {
    const even = z.int().multipleOf(2)
    expect(say(even, ['number bounds']).problems[0]).toMatchObject({ hint: 'Give one: .meta({ examples: […] }).' })
    expect(say(even.meta({ examples: [4] }), ['number bounds']).said?.shown).toBe(4)
  })

  test('of two patterns both are demanded, and an example that keeps both is asked for', () => {
    const both = z.string().regex(/^a/).regex(/b$/)
    expect(say(both).problems).toMatchObject([{ hint: 'Give one: .meta({ examples: […] }).' }])
    const { said, problems } = say(both.meta({ examples: ['ab'] }))
    expect(problems).toEqual([])
    expect(said?.rules.map(inWords)).toEqual([String.raw`$: type AND regex ^a[\s\S]*$ AND regex ^[\s\S]*b$`])
  })

  test('for a stub server an example is whole', () => {
    const gaps = new Gaps({ file: 'a', mayOmit: [], whole: true }, place)
    const schema = z.strictObject({ job: z.object({ id: z.int() }).nullable(), free: z.unknown() })
    expect(saySchema(schema, gaps)?.shown).toEqual({ job: { id: 1 }, free: null })
    expect(gaps.problems).toEqual([])
  })
})
