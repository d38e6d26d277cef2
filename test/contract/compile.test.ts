import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compileContracts } from '../../src/contract/compile.ts'
import { type Contract, type ContractDefinition, defineContract } from '../../src/contract/define.ts'
import { reduced, refused, type Stance, unaffected } from '../../src/contract/stance.ts'
import storefront from '../examples/browser--storefront.contract.ts'

const repository = join(import.meta.dirname, '../..')
const example = join(repository, 'test/examples/browser--storefront.contract.ts')
const request = { method: 'GET', path: '/' }

function compile(...contracts: Contract[]) {
  return compileContracts(contracts.map((contract, index) => ({ file: `${index}.contract.ts`, contract })))
}

function contractWith(body: z.ZodType, more: Partial<ContractDefinition> = {}, degraded: Record<string, Stance> = {}) {
  const interactions = { read: { request, response: { body }, degraded } }
  return defineContract({ consumer: 'a', provider: 'b', interactions, ...more })
}

const hashOf = (body: z.ZodType) => compile(contractWith(body)).terms.hash

test('the example in terms', () => {
  expect(compile(storefront).terms).toEqual({
    hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    interactions: [
      expect.objectContaining({
        id: 0,
        key: 'browser → storefront / place an order',
        given: 'a customer is logged in',
        withinMs: null,
        recoversMs: 0,
        halves: ['normal: status 200 or 201, header location', 'refused (otherwise): status 503, problem+json'],
      }),
      {
        id: 1,
        key: 'browser → storefront / read an article',
        consumer: 'browser',
        provider: 'storefront',
        name: 'read an article',
        given: null,
        withinMs: 1_000,
        recoversMs: 5_000,
        halves: [
          'normal: status 200, body',
          'reduced (auth → redis: slow, comments: *): status 200, body',
          'refused (comments: overloaded): status 503, Retry-After, problem+json',
          'refused (otherwise): status 503, problem+json',
        ],
        stances: [
          {
            text: 'auth → redis: slow',
            when: { consumer: 'auth', dependency: 'redis', condition: 'slow' },
            kind: 'reduced',
            bit: 1,
            withinMs: 2_000,
          },
          {
            text: 'comments: *',
            when: { dependency: 'comments', condition: '*' },
            kind: 'reduced',
            bit: 1,
            withinMs: 500,
          },
          {
            text: 'comments: overloaded',
            when: { dependency: 'comments', condition: 'overloaded' },
            kind: 'refused',
            bit: 2,
            withinMs: 500,
          },
          {
            text: 'redis: *',
            when: { dependency: 'redis', condition: '*' },
            kind: 'unaffected',
            bit: null,
            withinMs: null,
          },
          { text: 'otherwise', when: 'otherwise', kind: 'refused', bit: 3, withinMs: null },
        ],
      },
    ],
  })
})

test('another process, with another loader, finds the same terms', () => {
  const program = `
    import { compileContracts } from ${JSON.stringify(join(repository, 'src/contract/compile.ts'))}
    import contract from ${JSON.stringify(example)}
    console.log(JSON.stringify(compileContracts([{ file: 'x', contract }]).terms))`
  const printed = execFileSync(
    process.execPath,
    ['--conditions=@brownout/source', '--input-type=module', '--eval', program],
    { encoding: 'utf8', cwd: repository },
  )
  expect(JSON.parse(printed)).toEqual(compile(storefront).terms)
})

test('property: the order in which contracts, interactions, lines and headers are written makes no difference', () => {
  const Body = z.object({ id: z.number() })
  const Marked = z.object({ id: z.number(), stale: z.literal(true) })
  const degraded = Object.entries({
    'x: slow': reduced({ body: Marked }),
    'x: wrong': refused({ headers: { b: /b/, a: 'a' } }),
    'y: *': refused({ headers: { A: 'a', B: /b/ }, within: '1s' }),
    'z: *': unaffected(),
  })
  const names = ['one', 'two', '3', 'four']
  const build = (lines: typeof degraded, order: string[], consumers: string[]) =>
    compile(
      ...consumers.map((consumer) => {
        const interaction = { request, response: { body: Body }, degraded: Object.fromEntries(lines) }
        const interactions = Object.fromEntries(order.map((name) => [name, interaction]))
        return defineContract({ interactions, provider: 'p', consumer })
      }),
    ).terms
  const expected = build(degraded, names, ['a', 'b'])
  expect(expected.interactions[0]?.halves).toHaveLength(3)
  const shuffled = <Value>(all: Value[]) => fc.shuffledSubarray(all, { minLength: all.length })
  fc.assert(
    fc.property(shuffled(degraded), shuffled(names), shuffled(['a', 'b']), (lines, order, consumers) => {
      expect(build(lines, order, consumers)).toEqual(expected)
    }),
  )
})

test('equal demands share a bit; schemas that only look alike do not', () => {
  const look = () => z.object({ stale: z.literal(true) })
  const One = look()
  const Normal = z.object({})
  const { terms } = compile(
    contractWith(
      Normal,
      { otherwise: reduced({ body: One }) },
      {
        'a: slow': reduced({ body: One, within: '1s' }),
        'b: slow': reduced({ body: One, status: 200, within: '2s' }),
        'c: slow': reduced({ body: look() }),
        'd: slow': refused({ status: 200, body: One }),
        'e: slow': refused({ status: 200, body: One, problem: true }),
        'f: slow': refused({ status: 200, body: Normal }),
      },
    ),
  )
  expect(terms.interactions[0]?.stances.map(({ bit, withinMs }) => [bit, withinMs])).toEqual([
    [1, 1_000],
    [1, 2_000],
    [2, null],
    [1, null],
    [3, null],
    [4, null],
    [1, null],
  ])
  expect(terms.interactions[0]?.halves[1]).toBe(
    'reduced or refused (a: slow, b: slow, d: slow, otherwise): status 200, body',
  )
})

test('the hash sees what a half demands, in schemas too', () => {
  const hashes = [
    z.object({ id: z.number() }),
    z.strictObject({ id: z.number() }),
    z.object({ id: z.number().optional() }),
    z.object({ id: z.number().max(3) }),
    z.object({ id: z.number().refine((id) => id > 1) }),
    z.object({ id: z.date() }),
    z.object({ id: z.bigint() }),
  ].map(hashOf)
  expect(new Set(hashes).size).toBe(hashes.length)
  const refusing = (stance: Stance) => compile(contractWith(z.object({}), {}, { 'x: *': stance })).terms.hash
  const stances = [
    refused(),
    refused({ status: 429 }),
    refused({ retryAfter: true }),
    refused({ problem: true }),
    refused({ headers: { a: 'b' } }),
    refused({ headers: { a: /b/ } }),
    refused({ headers: { a: z.literal('b') } }),
  ]
  expect(new Set(stances.map(refusing)).size).toBe(stances.length)
})

test('the hash does not see descriptions, the order of fields, deadlines, or what a refinement does', () => {
  expect(hashOf(z.object({ a: z.string(), b: z.number() }))).toBe(
    hashOf(z.object({ b: z.number().describe('a number'), a: z.string() }).meta({ title: 'T' })),
  )
  expect(hashOf(z.string().refine((text) => text > 'a'))).toBe(hashOf(z.string().refine((text) => text > 'b')))
  const within = (time: '1s' | '2s') => compile(contractWith(z.object({}), {}, { 'x: *': refused({ within: time }) }))
  expect(within('1s').terms.hash).toBe(within('2s').terms.hash)
})

test('recursive schemas and schemas of other vendors have a hash, too', () => {
  const Node = z.object({
    get children() {
      return z.array(Node)
    },
  })
  const foreign = (vendor: string, jsonSchema?: object) => {
    const input = () => {
      if (!jsonSchema) throw new Error('not possible')
      return jsonSchema
    }
    const schema = {
      '~standard': { version: 1, vendor, validate: (value: unknown) => ({ value }), jsonSchema: { input } },
    }
    return hashOf(schema as never)
  }
  const hashes = [
    hashOf(Node),
    foreign('x'),
    foreign('y'),
    foreign('x', { type: 'object' }),
    foreign('x', { type: 'array' }),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('too many halves and an interaction that is defined twice are refused', () => {
  const lines = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`d${n}: *`, refused({ status: 500 + n })]))
  expect(() => compile(contractWith(z.object({}), {}, lines))).toThrow('it has 31 degraded halves')
  expect(() => compile(storefront, storefront)).toThrow(
    'Failed to compile "browser → storefront / place an order": it is defined in 0.contract.ts and in 1.contract.ts.',
  )
})
