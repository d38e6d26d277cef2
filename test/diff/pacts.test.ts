import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Contract, defineContract } from '../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../src/contract/stance.ts'
import { emitPacts } from '../../src/pact/emit/emit-contracts.ts'
import type { Pact } from '../../src/pact/model.ts'
import { readPact } from '../../src/pact/read/read-pact.ts'
import { writePact } from '../../src/pact/write/write-pact.ts'
import { contractOf, told } from './told.ts'

function emitted(contract: Contract): Pact {
  const [one] = emitPacts([{ file: 'a.contract.ts', contract }])
  if (!one || one.problems.length > 0) throw new Error(JSON.stringify(one?.problems))
  return one.pact
}

function read(written: object): Pact {
  const { pact, problems } = readPact(JSON.stringify(written), 'a.json')
  if (pact === null) throw new Error(JSON.stringify(problems))
  return pact
}

const Article = z.object({
  id: z.int().positive(),
  title: z.string().min(1).max(80),
  state: z.enum(['draft', 'public']),
  stars: z.int().min(1).max(5),
  price: z.number().nonnegative(),
  code: z.string().regex(/^\d{3}-[a-z]+$/),
  updated: z.iso.date(),
  note: z.string().nullable(),
  open: z.boolean(),
  kind: z.literal('article'),
  comments: z.array(z.object({ text: z.string() })).min(1),
  tags: z.array(z.string()),
  counts: z.record(z.string(), z.int()),
})

const later = refused({ retryAfter: true, within: '1s' })

/** All that a pact can say. */
const full = contractOf({
  otherwise: later,
  interactions: {
    'read an article': {
      given: 'an article',
      request: {
        method: 'POST',
        path: '/articles/{id}/read',
        query: { limit: '{limit}', all: 'yes' },
        headers: { authorization: 'Bearer {token}' },
        body: { user: '{user}', tags: ['a', '{tag}'] },
      },
      parameters: { id: 1, limit: 3, token: 'x', user: 7, tag: 'b' },
      response: {
        status: [200, 201],
        headers: { 'x-cache': /^(?:hit|miss)$/i, etag: z.string() },
        body: Article,
        within: '1s',
      },
      degraded: {
        'comments: *': reduced({
          headers: { 'x-degraded': 'comments' },
          body: z.object({ id: z.int() }),
          within: '500ms',
        }),
        'comments: slow': unaffected(),
        'auth → redis: failing': later,
      },
      recovers: '3s',
    },
  },
  messages: { placed: { contents: z.object({ order: z.int() }), metadata: { topic: 'orders' } } },
})

/** A pact names every condition, and has no word for those that nobody names. */
const unnamed = 'degraded (otherwise) stance:'

test('the pact of a contract says what the contract says', () => {
  expect(told(full, emitted(full))).toEqual([`breaking ${unnamed} was refused, is now undeclared`])
  expect(told(emitted(full), full)).toEqual([`widening ${unnamed} was undeclared, is now refused`])
})

test('a pact says the same after it was written and read', () => {
  expect(told(emitted(full), read(JSON.parse(writePact(emitted(full))) as object))).toEqual([])
})

test('a change of a contract is a change of its pact', () => {
  const [interaction] = Object.values(full.interactions)
  const changed = defineContract({
    ...full,
    interactions: {
      'read an article': {
        ...interaction,
        request: { method: 'POST', path: '/articles/{id}/read' },
        parameters: { id: 1 },
        response: {
          ...interaction?.response,
          body: Article.extend({ title: z.string(), price: z.number() }),
          within: '2s',
        },
        degraded: { 'comments: *': later, 'auth → redis: *': later },
        recovers: '4s',
      },
    },
  })
  const expected = [
    'widening request header authorization: may now be missing',
    'breaking normal body $.price: may now be less than 0',
    'breaking normal within: was 1 s, is now 2 s',
    'breaking interaction recovers: was 3 s, is now 4 s',
  ]
  for (const [before, now] of [
    [full, changed],
    [full, emitted(changed)],
    [emitted(full), emitted(changed)],
    [emitted(full), changed],
  ] as const) {
    const lines = told(before, now)
    expect(lines).toEqual(expect.arrayContaining(expected))
    expect(lines).toContainEqual(
      expect.stringMatching(/^breaking degraded \(comments: slow\) stance: was unaffected, is now refused/),
    )
    expect(lines).toContainEqual(
      expect.stringContaining('body $.title: may now be empty, have more than 80 characters'),
    )
  }
})

/** A pact of one interaction, V2. */
function v2(response: object, request: object = {}): object {
  const interaction = {
    description: 'read',
    request: { method: 'GET', path: '/', ...request },
    response: { status: 200, ...response },
  }
  return { consumer: { name: 'a' }, provider: { name: 'b' }, interactions: [interaction] }
}

const rules = (body: Record<string, object>) => ({
  matchingRules: Object.fromEntries(Object.entries(body).map(([path, rule]) => [`$.body${path}`, rule])),
})

test.each<[what: string, before: object, now: object, there: string[], back: string[]]>([
  [
    'an example that becomes a type',
    v2({ body: { a: 'x' } }),
    v2({ body: { a: 'x' }, ...rules({ '.a': { match: 'type' } }) }),
    ['breaking normal body $.a: may now be a text other than "x"'],
    ['widening normal body $.a: can no longer be a text other than "x"'],
  ],
  [
    'a pattern',
    v2({ body: { a: 'x' }, ...rules({ '.a': { match: 'regex', regex: 'x|y' } }) }),
    v2({ body: { a: 'x' }, ...rules({ '.a': { match: 'regex', regex: 'x|y|z' } }) }),
    ['breaking normal body $.a: may now be "z"'],
    ['widening normal body $.a: can no longer be "z"'],
  ],
  [
    'a list that may be empty',
    v2({ body: ['x'], ...rules({ '': { match: 'type', min: 1 } }) }),
    v2({ body: ['x'], ...rules({ '': { match: 'type', min: 0 } }) }),
    ['breaking normal body $: may now be empty'],
    ['widening normal body $: can no longer be empty'],
  ],
  [
    'elements',
    v2({ body: [{ a: 1, b: 'x' }], ...rules({ '': { min: 1 }, '[*].*': { match: 'type' } }) }),
    v2({ body: [{ a: 1 }], ...rules({ '': { min: 1 }, '[*].*': { match: 'type' } }) }),
    ['breaking normal body $[*].b: may now be missing'],
    ['widening normal body $[*].b: can no longer be missing'],
  ],
  [
    'a parameter',
    v2({}, { query: 'a=1' }),
    v2({}, { query: 'a=1&b=2' }),
    ['breaking request query b: can no longer be missing'],
    ['breaking request query b: can no longer be there'],
  ],
  [
    'a header of several values',
    v2({ headers: { Allow: 'GET, POST' } }),
    v2({ headers: { Allow: 'GET' } }),
    ['breaking normal header allow: may now be "GET", and no longer be "GET, POST"'],
    ['breaking normal header allow: may now be "GET, POST", and no longer be "GET"'],
  ],
  [
    'the provider state',
    { ...v2({}), interactions: [{ ...(v2({}) as { interactions: object[] }).interactions[0], provider_state: 'one' }] },
    v2({}),
    ['neutral interaction provider state: was "one", is now none'],
    ['neutral interaction provider state: was none, is now "one"'],
  ],
  [
    'an example',
    v2({ body: { a: 'x' }, ...rules({ '.a': { match: 'type' } }) }),
    v2({ body: { a: 'y' }, ...rules({ '.a': { match: 'type' } }) }),
    ['neutral interaction: only wording, examples or order are different'],
    ['neutral interaction: only wording, examples or order are different'],
  ],
])('pacts of other tools: %s', (_what, before, now, there, back) => {
  expect(told(read(before), read(now))).toEqual(there)
  expect(told(read(now), read(before))).toEqual(back)
  expect(told(read(now), read(now))).toEqual([])
})

/** V4, with rules that V2 has not. */
function v4(matcher: object, example: unknown = 'x'): object {
  const response = {
    status: 200,
    body: { contentType: 'application/json', encoded: false, content: { a: example } },
    matchingRules: { body: { '$.a': { combine: 'AND', matchers: [matcher] } } },
  }
  const interaction = { type: 'Synchronous/HTTP', description: 'read', request: { method: 'GET', path: '/' }, response }
  return {
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions: [interaction],
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

test.each<[what: string, before: object, now: object, ...lines: string[]]>([
  [
    'an unknown matcher',
    v4({ match: 'my-plugin' }),
    v4({ match: 'type' }),
    'unknown normal body $.a: is demanded in a way that cannot be seen',
  ],
  [
    'dates of two forms',
    v4({ match: 'date', format: 'yyyy' }),
    v4({ match: 'date', format: 'yy' }),
    'unknown normal body $.a: is narrowed in a way that cannot be compared',
  ],
  ['the same date', v4({ match: 'date', format: 'yyyy' }), v4({ match: 'date', format: 'yyyy' })],
  [
    'a whole number',
    v4({ match: 'integer' }, 1),
    v4({ match: 'number' }, 1),
    'breaking normal body $.a: may now be a number with a fraction',
  ],
])('matchers of V4: %s', (_what, before, now, ...lines) => {
  expect(told(read(before), read(now))).toEqual(lines)
})

test('two interactions of one description are told apart by their provider states', () => {
  const one = (state: string, status: number) => ({
    description: 'read',
    provider_state: state,
    request: { method: 'GET', path: '/' },
    response: { status },
  })
  const pact = (...interactions: object[]) => read({ consumer: { name: 'a' }, provider: { name: 'b' }, interactions })
  expect(told(pact(one('full', 200), one('empty', 404)), pact(one('empty', 404), one('full', 204)))).toEqual([
    'breaking normal status: may now be 204, and no longer be 200',
  ])
})

test('messages that are asked for, and several that are sent', () => {
  const message = (request: object, ...response: object[]) =>
    read({
      consumer: { name: 'a' },
      provider: { name: 'b' },
      interactions: [
        {
          type: 'Synchronous/Messages',
          description: 'ask',
          request: contents(request),
          response: response.map(contents),
        },
      ],
      metadata: { pactSpecification: { version: '4.0' } },
    })
  const contents = (content: object) => ({ contents: { contentType: 'application/json', encoded: false, content } })
  expect(told(message({ a: 1 }, { b: 1 }), message({ a: 2 }, { b: 1 }))).toEqual([
    'breaking request contents $.a: can no longer be 1, it is to be 2',
  ])
  expect(told(message({ a: 1 }, { b: 1 }, { c: 1 }), message({ a: 1 }, { b: 1 }, {}))).toEqual([
    'breaking message 2.contents.c: may now be missing',
  ])
})
