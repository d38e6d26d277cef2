import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { InteractionDefinition } from '../../src/contract/define.ts'
import { reduced, refused, type Stance, unaffected } from '../../src/contract/stance.ts'
import storefront from '../examples/browser--storefront.contract.ts'
import { contractOf, sound, told, toldOf } from './told.ts'

type Change = Partial<InteractionDefinition>

const Body = z.object({ price: z.object({ amount: z.number() }) })
const Loose = z.object({ price: z.object({ amount: z.number().nullable() }) })
const Marked = z.object({ stale: z.literal(true) })
const request = sound.request

/** What the second does to consumers of the first, and the first to consumers of the second. */
test.each<[what: string, before: Change, now: Change, there: string[], back: string[]]>([
  [
    'a body',
    { response: { body: Body } },
    { response: { body: Loose } },
    ['breaking normal body $.price.amount: may now be null'],
    ['widening normal body $.price.amount: can no longer be null'],
  ],
  [
    'a body that is no longer demanded',
    { response: { body: Body } },
    {},
    ['breaking normal body $: may now be anything'],
    ['widening normal body $: can no longer be anything'],
  ],
  [
    'one more status',
    { response: { status: 200 } },
    { response: { status: [200, 201] } },
    ['breaking normal status: may now be 201'],
    ['widening normal status: can no longer be 201'],
  ],
  [
    'another status',
    { response: { status: 200 } },
    { response: { status: 201 } },
    ['breaking normal status: may now be 201, and no longer be 200'],
    ['breaking normal status: may now be 200, and no longer be 201'],
  ],
  [
    'a header',
    { response: { headers: { 'X-Cache': 'hit' } } },
    {},
    ['breaking normal header x-cache: may now be missing'],
    ['widening normal header x-cache: can no longer be missing'],
  ],
  [
    'a pattern of a header',
    { response: { headers: { 'x-cache': 'hit' } } },
    { response: { headers: { 'x-cache': /^(?:hit|miss)$/ } } },
    ['breaking normal header x-cache: may now be "miss"'],
    ['widening normal header x-cache: can no longer be "miss"'],
  ],
  [
    'a header that may be absent',
    { response: { headers: { 'x-cache': z.string() } } },
    { response: { headers: { 'x-cache': z.string().optional() } } },
    ['breaking normal header x-cache: may now be missing'],
    ['widening normal header x-cache: can no longer be missing'],
  ],
  [
    'a deadline',
    { response: { within: '500ms' } },
    { response: { within: '1s' } },
    ['breaking normal within: was 500 ms, is now 1 s'],
    ['widening normal within: was 1 s, is now 500 ms'],
  ],
  [
    'no deadline',
    { response: { within: '500ms' } },
    {},
    ['breaking normal within: was 500 ms, is now without a limit'],
    ['widening normal within: was without a limit, is now 500 ms'],
  ],
  [
    'recovers',
    { recovers: '3s' },
    { recovers: '5s' },
    ['breaking interaction recovers: was 3 s, is now 5 s'],
    ['widening interaction recovers: was 5 s, is now 3 s'],
  ],
  [
    'a header to be sent',
    {},
    { request: { ...request, headers: { authorization: 'Bearer x' } } },
    ['breaking request header authorization: can no longer be missing'],
    ['widening request header authorization: may now be missing'],
  ],
  [
    'a parameter to be sent',
    {},
    { request: { ...request, query: { limit: '{id}' } } },
    ['breaking request query limit: can no longer be missing'],
    ['breaking request query limit: can no longer be there'],
  ],
  [
    'a field to be sent',
    { request: { method: 'POST', path: '/{id}', body: { a: 1 } } },
    { request: { method: 'POST', path: '/{id}', body: { a: 1, b: 2 } } },
    ['breaking request body $.b: can no longer be missing'],
    ['breaking request body $.b: can no longer be there'],
  ],
  [
    'another value to be sent',
    { request: { method: 'POST', path: '/{id}', body: { a: 1 } } },
    { request: { method: 'POST', path: '/{id}', body: { a: 2 } } },
    ['breaking request body $.a: can no longer be 1, it is to be 2'],
    ['breaking request body $.a: can no longer be 2, it is to be 1'],
  ],
  [
    'any value to be sent',
    { request: { method: 'POST', path: '/', body: { a: 1 } }, parameters: {} },
    { request: { method: 'POST', path: '/', body: { a: '{id}' } } },
    ['widening request body $.a: may now be a number other than 1'],
    ['breaking request body $.a: can no longer be a number other than 1'],
  ],
  [
    'another method',
    {},
    { request: { ...request, method: 'POST' } },
    ['breaking request method: can no longer be "GET", it is to be "POST"'],
    ['breaking request method: can no longer be "POST", it is to be "GET"'],
  ],
  [
    'another path',
    {},
    { request: { ...request, path: '/albums/{id}' } },
    ['breaking request path: can no longer be a text like /articles/{…}, it is to be a text like /albums/{…}'],
    ['breaking request path: can no longer be a text like /albums/{…}, it is to be a text like /articles/{…}'],
  ],
])('%s', (_what, before, now, there, back) => {
  expect(toldOf(before, now)).toEqual(there)
  expect(toldOf(now, before)).toEqual(back)
})

const weak: Stance = reduced({ body: Marked })
const no = refused({ retryAfter: true, problem: true, within: '500ms' })
const degraded = (lines: Record<string, Stance>): Change => ({
  response: { body: Body, within: '1s' },
  degraded: lines,
})

test.each<[what: string, before: Record<string, Stance>, now: Record<string, Stance>, there: string[], back: string[]]>(
  [
    [
      'unaffected > reduced',
      { 'redis: slow': unaffected() },
      { 'redis: slow': weak },
      ['breaking degraded (redis: slow) stance: was unaffected, is now reduced'],
      ['widening degraded (redis: slow) stance: was reduced, is now unaffected'],
    ],
    [
      'unaffected > refused',
      { 'redis: slow': unaffected() },
      { 'redis: slow': refused({ within: '1s' }) },
      ['breaking degraded (redis: slow) stance: was unaffected, is now refused'],
      ['widening degraded (redis: slow) stance: was refused, is now unaffected'],
    ],
    [
      'refused > undeclared',
      { 'redis: slow': no },
      {},
      ['breaking degraded (redis: slow) stance: was refused, is now undeclared'],
      ['widening degraded (redis: slow) stance: was undeclared, is now refused'],
    ],
    [
      'a stronger stance that takes longer',
      { 'redis: slow': no },
      { 'redis: slow': unaffected() },
      [
        'widening degraded (redis: slow) stance: was refused, is now unaffected',
        'breaking degraded (redis: slow) within: was 500 ms, is now 1 s',
      ],
      ['breaking degraded (redis: slow) stance: was unaffected, is now refused'],
    ],
    [
      'a stronger stance whose answer the consumer has never met',
      { 'redis: slow': refused({}) },
      { 'redis: slow': weak },
      [
        'breaking degraded (redis: slow) stance: was refused, is now reduced, with an answer that no half allowed before',
      ],
      ['breaking degraded (redis: slow) stance: was reduced, is now refused'],
    ],
    [
      'a stronger stance whose answer the consumer knows',
      { 'redis: slow': refused({}), 'auth: slow': weak },
      { 'redis: slow': weak, 'auth: slow': weak },
      ['widening degraded (redis: slow) stance: was refused, is now reduced'],
      ['breaking degraded (redis: slow) stance: was reduced, is now refused'],
    ],
    [
      'a half that allows more',
      { 'redis: slow': weak },
      { 'redis: slow': reduced({ body: Marked.extend({ stale: z.boolean() }) }) },
      ['breaking degraded (redis: slow) body $.stale: may now be false'],
      ['widening degraded (redis: slow) body $.stale: can no longer be false'],
    ],
    [
      'retryAfter',
      { 'redis: slow': no },
      { 'redis: slow': refused({ problem: true, within: '500ms' }) },
      ['breaking degraded (redis: slow) header retry-after: may now be missing'],
      ['widening degraded (redis: slow) header retry-after: can no longer be missing'],
    ],
    [
      'problem',
      { 'redis: slow': no },
      { 'redis: slow': refused({ retryAfter: true, within: '500ms' }) },
      [
        'breaking degraded (redis: slow) header content-type: may now be missing',
        'breaking degraded (redis: slow) body $: may now be anything',
      ],
      [
        'widening degraded (redis: slow) header content-type: can no longer be missing',
        'widening degraded (redis: slow) body $: can no longer be anything',
      ],
    ],
    [
      'a deadline',
      { 'redis: slow': no },
      { 'redis: slow': refused({ retryAfter: true, problem: true, within: '2s' }) },
      ['breaking degraded (redis: slow) within: was 500 ms, is now 2 s'],
      ['widening degraded (redis: slow) within: was 2 s, is now 500 ms'],
    ],
    [
      '* and a line of its own',
      { 'redis: *': no },
      { 'redis: *': no, 'redis: slow': unaffected() },
      [
        'widening degraded (redis: slow) stance: was refused, is now unaffected',
        'breaking degraded (redis: slow) within: was 500 ms, is now 1 s',
      ],
      ['breaking degraded (redis: slow) stance: was unaffected, is now refused'],
    ],
    [
      '* instead of all five',
      {
        'redis: unavailable': no,
        'redis: slow': no,
        'redis: failing': no,
        'redis: overloaded': no,
        'redis: wrong': no,
      },
      { 'redis: *': no },
      [],
      [],
    ],
    [
      'an edge',
      { 'redis: *': no },
      { 'redis: *': no, 'auth → redis: *': weak },
      [
        'breaking degraded (auth → redis: *) stance: was refused, is now reduced, with an answer that no half allowed before',
      ],
      ['breaking degraded (auth → redis: *) stance: was reduced, is now refused'],
    ],
  ],
)('stances: %s', (_what, before, now, there, back) => {
  expect(toldOf(degraded(before), degraded(now))).toEqual(there)
  expect(toldOf(degraded(now), degraded(before))).toEqual(back)
})

const withOtherwise = (otherwise: Stance | undefined, lines: Record<string, Stance> = {}) =>
  contractOf({ ...(otherwise ? { otherwise } : {}), interactions: { read: { ...sound, degraded: lines } } })

test('otherwise is compared by what it comes to, for what lines name and for all else', () => {
  const [before, now] = [withOtherwise(unaffected(), { 'redis: slow': no }), withOtherwise(no)]
  expect(told(before, now)).toEqual([
    'breaking degraded (redis: unavailable, failing, overloaded, wrong; otherwise) stance: was unaffected, is now refused',
  ])
  expect(told(withOtherwise(no), withOtherwise(undefined, { 'redis: *': no }))).toEqual([
    'breaking degraded (otherwise) stance: was refused, is now undeclared',
  ])
  expect(told(withOtherwise(no, { 'redis: *': no }), withOtherwise(no))).toEqual([])
})

test('interactions and messages that are gone, new, renamed', () => {
  const message = { contents: z.object({ id: z.string() }), metadata: { topic: 'orders' } }
  const one = contractOf({ interactions: { read: sound }, messages: { placed: message } })
  const other = contractOf({
    interactions: { look: { ...sound, request: { method: 'GET', path: '/' }, parameters: {} } },
    messages: { shipped: message },
  })
  expect(told(one, other)).toEqual([
    'widening interaction: is new',
    'breaking interaction: is gone',
    'breaking interaction: is gone',
    'widening interaction: is new',
  ])
  const renamed = contractOf({
    interactions: { look: { ...sound, response: { status: 201 } } },
    messages: { placed: message },
  })
  expect(told(one, renamed)).toEqual([
    'neutral interaction: was called "read"',
    'breaking normal status: may now be 201, and no longer be 200',
  ])
})

test('messages', () => {
  const message = { given: 'an order', contents: z.object({ id: z.string() }), metadata: { topic: 'orders' } }
  const change = (more: object) =>
    told(contractOf({ messages: { placed: message } }), contractOf({ messages: { placed: { ...message, ...more } } }))
  expect(change({ contents: z.object({ id: z.string().optional() }) })).toEqual([
    'breaking message contents $.id: may now be missing',
  ])
  expect(change({ metadata: { topic: 'all' } })).toEqual([
    'breaking message metadata topic: may now be "all", and no longer be "orders"',
  ])
  expect(change({ metadata: {} })).toEqual(['breaking message metadata topic: may now be missing'])
  expect(change({ given: 'two orders' })).toEqual([
    'neutral interaction provider state: was "an order", is now "two orders"',
  ])
  expect(change({ contents: z.object({ id: z.string().describe('its number') }) })).toEqual([
    'neutral message: only wording, examples or order are different',
  ])
})

test('what changes nothing for a consumer is neutral', () => {
  expect(toldOf({ given: 'one article' }, { given: 'some articles' })).toEqual([
    'neutral interaction provider state: was "one article", is now "some articles"',
  ])
  expect(toldOf({}, { parameters: { id: 2 } })).toEqual([
    'neutral interaction: only wording, examples or order are different',
  ])
  expect(toldOf({}, { request: { ...request, path: '/articles/{number}' }, parameters: { number: 1 } })).toEqual([
    'neutral interaction: only wording, examples or order are different',
  ])
  const described = z.object({ price: z.object({ amount: z.number().describe('in euros') }) })
  expect(toldOf({ response: { body: Body } }, { response: { body: described } })).toEqual([
    'neutral interaction: only wording, examples or order are different',
  ])
})

const at = (body: StandardSchemaV1): Change => ({ response: { body } })
const longer = (least: number) => z.string().refine((text) => text.length > least)

test('code is compared by its text', () => {
  const refinement = (body: StandardSchemaV1) => at(z.object({ a: body, b: z.string() }) as StandardSchemaV1)
  const one = refinement(z.string().refine((text) => text.length > 3))
  const same = refinement(z.string().refine((text) => text.length > 3))
  const other = refinement(z.string().refine((text) => text.length > 4))
  expect(toldOf(one, same)).toEqual([])
  expect(toldOf(one, other)).toEqual(['unknown normal body $.a: is narrowed in a way that cannot be compared'])
  expect(toldOf(one, refinement(z.string()))).toEqual([
    'unknown normal body $.a: is narrowed in a way that cannot be compared',
  ])
  expect(toldOf(refinement(z.string()), one)).toEqual([
    'widening normal body $.a: may say more: is narrowed in a way that cannot be compared',
  ])
  const changed = (change: (text: string) => unknown) => refinement(z.string().min(1).transform(change))
  const parsed = changed((text) => JSON.parse(text) as unknown)
  expect(
    toldOf(
      parsed,
      changed((text) => JSON.parse(text) as unknown),
    ),
  ).toEqual([])
  expect(
    toldOf(
      parsed,
      changed((text) => text.length),
    ),
  ).toEqual(['unknown normal body $.a: is narrowed in a way that cannot be compared'])
  const worded = (error: string) => at(z.string().refine((text) => text.length > 3, { error }))
  expect(toldOf(worded('too short'), worded('is too short'))).toEqual([])
  // What a function has caught is not seen: docs/diff.md says so.
  expect(toldOf(at(longer(3)), at(longer(4)))).toEqual([])
})

test.each<[what: string, one: StandardSchemaV1, other: StandardSchemaV1]>([
  ['coercion', z.number(), z.coerce.number()],
  ['catch', z.number(), z.number().catch(0)],
  ['a transform before the schema', z.number(), z.preprocess(Number, z.number())],
  ['trimming', z.string().min(1), z.string().trim().min(1)],
  ['flags of a pattern', z.string().regex(/^a$/), z.string().regex(/^a$/i)],
])('what a JSON Schema of zod does not tell is unknown: %s', (_what, one, other) => {
  expect(toldOf(at(one), at(other))).toEqual(['unknown normal body $: is demanded in a way that cannot be seen'])
  expect(toldOf(at(other), at(other))).toEqual([])
})

test('what a reference leads to is seen even where the rest is not', () => {
  const tree = (value: z.ZodType) => {
    const Tree: z.ZodType = z.object({ value, parts: z.lazy(() => z.array(Tree)) })
    return at(z.object({ tree: Tree, late: z.preprocess((one) => one, Tree) }))
  }
  expect(toldOf(tree(z.string()), tree(z.int()))).toContain(
    'unknown normal body $.late: is demanded in a way that cannot be seen',
  )
  expect(toldOf(tree(z.string()), tree(z.string()))).toEqual([])
})

test('a vendor without JSON Schema is compared by all that can be read of its schemas', () => {
  const opaque = (least: number): StandardSchemaV1 =>
    ({
      least,
      '~standard': { version: 1, vendor: 'mine', validate: (value: unknown) => ({ value }) },
    }) as StandardSchemaV1
  expect(toldOf(at(opaque(1)), at(opaque(1)))).toEqual([])
  expect(toldOf(at(opaque(1)), at(opaque(2)))).toEqual([
    'unknown normal body $: is demanded in a way that cannot be seen',
  ])
})

test('references of zod lead where they led, in a body and beside problem details', () => {
  const tree = (value: z.ZodType) => {
    const Tree: z.ZodType = z.object({ value, status: z.int().optional(), parts: z.lazy(() => z.array(Tree)) })
    return Tree
  }
  const change = (half: (body: StandardSchemaV1) => Change) =>
    toldOf(half(tree(z.string())), half(tree(z.string().nullable())))
  expect(change(at)).toEqual(['breaking normal body $.value: may now be null'])
  const besideProblem = change((body) => ({ degraded: { 'redis: slow': refused({ problem: true, body }) } }))
  expect(besideProblem).toContain('breaking degraded (redis: slow) body $.value: may now be null')
})

test('a contract against itself has no change', () => {
  expect(told(storefront, storefront)).toEqual([])
})
