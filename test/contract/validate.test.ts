import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Contract, defineContract, type InteractionDefinition } from '../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../src/contract/stance.ts'
import { validateContract, validateContracts } from '../../src/contract/validate.ts'
import type { Problem } from '../../src/core/errors.ts'
import storefront from '../examples/browser--storefront.contract.ts'

const Body = z.object({ id: z.number() })
const Marked = z.object({ stale: z.literal(true) })
const sound = {
  request: { method: 'GET', path: '/articles/{id}' },
  parameters: { id: 1 },
  response: { body: Body },
} satisfies InteractionDefinition

/** `where: what | hint` */
function inLines(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  )
}

function problemsOf(contract: unknown): string[] {
  return inLines(validateContract(contract as Contract, 'a.contract.ts'))
}

/** Problems of a contract with one interaction `i`, which is sound but for `change`. */
function problemsWith(change: Record<string, unknown>): string[] {
  const interactions = { i: { ...sound, ...change } as InteractionDefinition }
  return problemsOf(defineContract({ consumer: 'browser', provider: 'storefront', interactions })).map((line) =>
    line.replace(/^interactions\.i\.?/, ''),
  )
}

const line = (text: string, stance: unknown = unaffected()) => problemsWith({ degraded: { [text]: stance } })

test('sound contracts have no problems', () => {
  expect(problemsOf(storefront)).toEqual([])
  expect(problemsWith({})).toEqual([])
})

test('what is no contract is said to be none', () => {
  for (const value of [undefined, null, 'x', [], {}, { consumer: 'a', provider: 'b', interactions: {} }]) {
    expect(problemsOf(value)).toEqual([
      ': the default export is no contract | Write: export default defineContract({ … })',
    ])
  }
})

test('all problems come at once, each with its file and path', () => {
  const contract = {
    kind: 'contract',
    provider: 7,
    interaction: {},
    otherwise: refused({ status: 99 }),
    interactions: {
      'read an article': { request: { method: 'GTE', path: 'articles' }, respones: {}, recovers: '5 s' },
    },
  }
  const problems = validateContract(contract as never, 'a.contract.ts')
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['a.contract.ts']))
  expect(inLines(problems)).toEqual([
    'interaction: a contract has no "interaction" | Did you mean "interactions"?',
    "consumer: the consumer is missing | Name a service: consumer: 'storefront'",
    'provider: the provider is no text',
    'otherwise.status: 99 is no HTTP status | A status is a whole number from 100 to 599.',
    'interactions.read an article.respones: an interaction has no "respones" | Did you mean "response"?',
    `interactions.read an article.request.method: 'GTE' is no HTTP method | Did you mean "GET"?`,
    'interactions.read an article.request.path: the path "articles" does not start with "/"',
    'interactions.read an article.response: a normal half is missing',
    `interactions.read an article.recovers: '5 s' is no duration | Write it as '500ms', '5s' or '2m'.`,
  ])
})

test('names', () => {
  const naming = (consumer: string, interaction = 'i') =>
    problemsOf(defineContract({ consumer, provider: 'b', interactions: { [interaction]: sound } }))
  for (const name of ['a → b', 'a->b', 'a:b', 'a/b', ' a']) {
    expect(naming(name)).toEqual([
      `consumer: "${name}" is no name of a service | A name has no outer blanks and none of → -> : /`,
    ])
  }
  expect(naming('')).toEqual(['consumer: the consumer is no text'])
  expect(naming('a', ' i')[0]).toContain('the name of an interaction is text without outer blanks')
  expect(naming('a', 'GET /a → b')).toEqual([])
  expect(problemsOf(defineContract({ consumer: 'a', provider: 'b', interactions: {} }))).toEqual([
    'interactions: there is no interaction, so nothing would be checked',
  ])
})

test.each<[Record<string, unknown>, string]>([
  [{ method: 'get' }, `request.method: 'get' is no HTTP method | Did you mean "GET"?`],
  [{ method: undefined }, 'request.method: undefined is no HTTP method | Possible here: GET, HEAD, POST'],
  [{ path: undefined }, 'request.path: the path is missing'],
  [
    { path: '/a?id={id}' },
    'request.path: the path "/a?id={id}" holds a query or a fragment | Parameters go into "query".',
  ],
  [{ path: '/{id}/{ x }' }, 'request.path: the path "/{id}/{ x }" has a bracket that belongs to no place'],
  [{ path: '/ä/{id}' }, 'request.path: the path "/ä/{id}" has characters that no URL has'],
  [{ query: { limit: 3 } }, `request.query.limit: is no text | Write '3'.`],
  [{ headers: 'none' }, 'request.headers: headers is no object'],
  [{ body: { when: [new Date(0)] } }, 'request.body.when.0: is nothing that JSON can hold'],
  [{ body: { a: undefined } }, 'request.body.a: is nothing that JSON can hold'],
  [{ header: {} }, 'request.header: a request has no "header" | Did you mean "headers"?'],
])('the request %o', (change, problem) => {
  const found = problemsWith({ request: { ...sound.request, ...change } })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(problem)
})

test('every place needs a value, from parameters, from each row, or from a provider state', () => {
  const missing = 'parameters: {id} has no value in the parameters, and there is no provider state'
  expect(problemsWith({ parameters: undefined })[0]).toContain(missing)
  expect(problemsWith({ parameters: undefined, given: 'there is an article' })).toEqual([])
  expect(problemsWith({ parameters: undefined, rows: [{ id: 1 }, { id: 2 }] })).toEqual([])
  expect(problemsWith({ parameters: undefined, rows: [{ id: 1 }, {}] })).toEqual([
    'rows.1: {id} has no value in this row nor in the parameters | Give an example: parameters: { id: 1 }',
  ])
  expect(problemsWith({ rows: [{}, { id: 2 }] })).toEqual([])
})

test('every value needs a place', () => {
  expect(problemsWith({ parameters: { id: 1, idd: 2 } })).toEqual([
    'parameters.idd: the request has no place {idd} | Did you mean "id"?',
  ])
  expect(problemsWith({ rows: [{ page: 1 }, { page: 2 }] })).toEqual([
    'rows.0.page: the request has no place {page} | Possible here: id.',
  ])
  expect(problemsWith({ request: { method: 'GET', path: '/' } })).toEqual([
    'parameters.id: the request has no place {id} | Write {id} where the value belongs.',
  ])
  expect(problemsWith({ parameters: { id: Number.NaN } })).toEqual([
    'parameters.id: a value is text, a number or a boolean',
  ])
  expect(problemsWith({ rows: [] })).toEqual(['rows: there is no row | Leave "rows" out to use the parameters alone.'])
  expect(problemsWith({ rows: { id: 1 } })).toEqual(['rows: rows are a list of values for the request'])
  expect(problemsWith({ rows: [7] })).toEqual(['rows.0: a set of values is no object'])
  expect(problemsWith({ given: '' })[0]).toContain('given: a provider state is known by its name')
})

test.each<[Record<string, unknown>, string]>([
  [{ status: '200' }, `response.status: '200' is no HTTP status`],
  [{ status: [200, 600] }, 'response.status: 600 is no HTTP status'],
  [{ status: [] }, 'response.status: no status would be right'],
  [{ body: { id: 1 } }, 'response.body: is no schema | A body is demanded by zod 4 or any Standard Schema.'],
  [{ headers: { etag: 3 } }, 'response.headers.etag: a header is demanded by text, a pattern or a schema'],
  [{ within: '0s' }, `response.within: '0s' is no length of time`],
  [{ within: 500 }, 'response.within: 500 is no length of time'],
  [{ retryAfter: true }, 'response.retryAfter: a normal half has no "retryAfter" | Only refused({ … }) has it.'],
  [{ withn: '1s' }, 'response.withn: a normal half has no "withn" | Did you mean "within"?'],
])('the half %o', (half, problem) => {
  const found = problemsWith({ response: half })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(problem)
})

test('refused halves have keys of their own', () => {
  expect(line('x: *', refused({ retryAfter: true, problem: true, headers: { 'Retry-After': /5/ } }))).toEqual([])
  expect(line('x: *', refused({ retryAfter: false, headers: { 'Retry-After': /5/ } }))).toEqual([
    'degraded.x: *.headers.Retry-After: is demanded here and declined by "retryAfter: false"',
  ])
  expect(line('x: *', refused({ problem: 'yes' as never }))).toEqual([
    'degraded.x: *.problem: is neither true nor false',
  ])
  expect(line('x: *', refused({ retryafter: true } as never))).toEqual([
    'degraded.x: *.retryafter: a refused half has no "retryafter" | Did you mean "retryAfter"?',
  ])
})

test.each<[string, string]>([
  ['redis: unavailble', 'Did you mean "redis: unavailable"?'],
  ['redis: Slow', 'Did you mean "redis: slow"?'],
  ['auth → redis: down', 'Did you mean "auth → redis: unavailable"?'],
  ['redis: constructor', 'Write "dependency: condition" or "consumer → dependency: condition"; a condition is'],
  ['redis', 'Write "dependency: condition"'],
  [': slow', 'Write "dependency: condition"'],
  ['otherwise', 'Put "otherwise" beside "interactions": it speaks for the whole contract.'],
])('the line "%s"', (text, hint) => {
  const [found, ...others] = line(text)
  expect(others).toEqual([])
  expect(found).toContain(`degraded.${text}: "${text}" names no dependency and condition | ${hint}`)
})

test('lines that say the same', () => {
  const degraded = { 'a → redis: slow': unaffected(), 'a->redis:slow': unaffected(), 'redis: slow': unaffected() }
  expect(problemsWith({ degraded })).toEqual(['degraded.a->redis:slow: says the same as "a → redis: slow"'])
})

test('what is no stance', () => {
  expect(line('x: *', { body: Marked })).toEqual([
    'degraded.x: *: is no stance | Write unaffected(), reduced({ … }) or refused({ … }).',
  ])
  expect(line('x: *', unaffected)).toEqual(['degraded.x: *: is no stance | Write unaffected(…).'])
  expect(line('x: *', { kind: 'ignored' })[0]).toContain('is no stance')
  expect(line('x: *', reduced(undefined as never))).toEqual(['degraded.x: *: a reduced half is missing'])
})

test('a reduced half must tell itself from the normal one', () => {
  const untold = 'demands nothing by which the consumer can tell it from the normal answer'
  for (const half of [{}, { within: '1s' as const }, { body: Body }, { status: 200 }, { headers: {} }]) {
    expect(line('x: *', reduced(half))[0]).toContain(`degraded.x: *: ${untold}`)
  }
  for (const half of [{ body: Marked }, { status: 206 }, { status: [200, 206] }, { headers: { warning: /./ } }]) {
    expect(line('x: *', reduced(half))).toEqual([])
  }
  const usual = { response: { headers: { ETag: /x/ } }, degraded: { 'x: *': reduced({ headers: { etag: /x/ } }) } }
  expect(problemsWith(usual)[0]).toContain(untold)
  const base = { consumer: 'a', provider: 'b', interactions: { i: sound } }
  expect(problemsOf(defineContract({ ...base, otherwise: reduced({}) }))[0]).toContain(`otherwise: ${untold}`)
  expect(problemsOf(defineContract({ ...base, otherwise: reduced({ status: 206 }) }))).toEqual([])
})

test('a provider does not answer for itself when it is broken, but a door before it may', () => {
  for (const text of ['storefront: slow', 'browser → storefront: *']) {
    expect(line(text, reduced({ body: Marked }))[0]).toContain('storefront is the provider itself')
    expect(line(text, refused())).toEqual([])
  }
  expect(line('balancer → storefront: *', reduced({ body: Marked }))).toEqual([])
})

test('thirty different degraded halves are possible, and lines that share one count once', () => {
  const lines = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n}: *`, refused({ status: 400 + n })]))
  expect(problemsWith({ degraded: lines(30) })).toEqual([])
  expect(problemsWith({ degraded: lines(31) })).toEqual([
    'degraded: has 31 different halves, at most 30 are possible | Lines may share a half: name the schema once and use it in several lines.',
  ])
  expect(problemsWith({ degraded: { ...lines(30), 'again: *': refused({ status: 400 }) } })).toEqual([])
})

test('property: anything may be exported, and validating it never throws', () => {
  const names = fc.constantFrom(
    ...'kind consumer provider otherwise interactions request method path query headers body parameters rows'.split(
      ' ',
    ),
    ...'response degraded recovers given status within half redis:slow'.split(' '),
  )
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
    fc.constantFrom('contract', 'GET', '/', '/{id}', '1s', 'reduced', Body, unaffected),
  )
  const tree = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 6 }, value, fc.dictionary(names, tie('node'))),
  })).node
  fc.assert(
    fc.property(tree, tree, tree, (a, b, c) => {
      validateContract({ kind: 'contract', consumer: a, provider: b, interactions: c } as never, 'x')
      const interaction = { request: a, parameters: b, rows: c, response: a, degraded: b, recovers: c, given: a }
      const contract = {
        kind: 'contract',
        consumer: 'a',
        provider: 'b',
        otherwise: c,
        interactions: { i: interaction },
      }
      expect(validateContract(contract as never, 'x').length).toBeGreaterThan(0)
    }),
  )
})

function across(
  ...contracts: [Record<string, InteractionDefinition>, Record<string, InteractionDefinition>]
): string[] {
  const files = contracts.map((interactions, index) => ({
    file: `${index}.contract.ts`,
    contract: defineContract({ consumer: 'a', provider: 'b', interactions }),
  }))
  return inLines(validateContracts(files))
}

test('an interaction that two files define', () => {
  expect(across({ i: sound }, { i: { ...sound, parameters: { id: 2 } } })).toEqual([
    'interactions.i: "a → b / i" is defined in 0.contract.ts too',
  ])
})

test('interactions of one pair that have the same request and provider state', () => {
  const same = 'interactions.j: has the request and the provider state of "i" in 0.contract.ts'
  const filled = { ...sound, request: { method: 'GET', path: '/articles/1' }, parameters: {} }
  expect(across({ i: sound }, { j: { ...sound, response: { status: 404 } } })[0]).toContain(same)
  expect(across({ i: sound }, { j: filled })[0]).toContain(same)
  expect(across({ i: sound, j: filled }, { k: { ...filled, given: 's' } })).toHaveLength(1)
  const fromState = { ...sound, parameters: {}, given: 's' }
  expect(across({ i: fromState }, { j: fromState })[0]).toContain(same)
})

test('interactions that differ in parameters, provider state, pair or request', () => {
  expect(across({ i: sound }, { j: { ...sound, parameters: { id: 2 } } })).toEqual([])
  expect(across({ i: sound }, { j: { ...sound, given: 'there is no article' } })).toEqual([])
  expect(across({ i: sound }, { j: { ...sound, request: { ...sound.request, method: 'HEAD' } } })).toEqual([])
  const pair = (provider: string) => ({
    file: provider,
    contract: defineContract({ consumer: 'a', provider, interactions: { i: sound } }),
  })
  expect(validateContracts([pair('b'), pair('c')])).toEqual([])
})

test('contracts that are not valid by themselves are left out of the comparison', () => {
  expect(across({ i: sound, bad: {} as never }, { i: sound })).toEqual([])
})

/** Problems of a contract that has messages, and says something of its pact. */
const withMessages = (messages: unknown, pact?: unknown) =>
  problemsOf({
    kind: 'contract',
    consumer: 'mail',
    provider: 'orders',
    interactions: {},
    messages,
    ...(pact ? { pact } : {}),
  })

test('messages alone make a contract', () => {
  expect(withMessages({ 'order placed': { given: 'an order', contents: Body, metadata: { queue: 'q' } } })).toEqual([])
  const contract = defineContract({
    consumer: 'mail',
    provider: 'orders',
    messages: { 'order placed': { contents: Body } },
  })
  expect(contract.interactions).toEqual({})
  expect(validateContract(contract, 'a')).toEqual([])
})

test.each<[unknown, string]>([
  [1, 'messages: messages is no object'],
  [{ '': { contents: Body } }, 'messages.: the name of a message is text without outer blanks'],
  [{ a: 1 }, 'messages.a: a message is no object'],
  [{ a: {} }, 'messages.a.contents: the contents are missing | Contents are demanded by zod 4 or any Standard Schema.'],
  [
    { a: { contents: {} } },
    'messages.a.contents: is no schema | Contents are demanded by zod 4 or any Standard Schema.',
  ],
  [
    { a: { contents: Body, given: '' } },
    'messages.a.given: a provider state is known by its name, and this is no text',
  ],
  [
    { a: { contents: Body, content: Body } },
    'messages.a.content: a message has no "content" | Did you mean "contents"?',
  ],
  [{ a: { contents: Body, metadata: { n: 1 } } }, "messages.a.metadata.n: is no text | Write '1'."],
])('a message: %j', (messages, problem) => {
  expect(withMessages(messages)).toEqual([problem])
})

test('what a pact may leave out is known', () => {
  const messages = { a: { contents: Body } }
  expect(withMessages(messages, { mayOmit: ['closed objects'] })).toEqual([])
  expect(withMessages(messages, { mayOmit: 'all' })).toEqual([
    'pact.mayOmit: is no list of what the pact may leave out',
  ])
  expect(withMessages(messages, { mayOmit: ['closed object'] })).toEqual([
    `pact.mayOmit.0: 'closed object' is nothing a pact can leave out | Did you mean "closed objects"?`,
  ])
  expect(withMessages(messages, { omit: [] })).toContainEqual(
    expect.stringContaining('pact.omit: what is said of the pact has no "omit"'),
  )
})
