import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ContractDefinition, defineContract } from '../../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../../src/contract/stance.ts'
import { emitPacts, nameOf } from '../../../src/pact/emit/emit-contracts.ts'
import type { HttpInteraction } from '../../../src/pact/model.ts'

function emit(definition: Partial<ContractDefinition>, file = 'a.contract.ts') {
  const contract = defineContract({ consumer: 'page', provider: 'shop', ...definition })
  const [emitted] = emitPacts([{ file, contract }])
  return { problems: emitted?.problems ?? [], interactions: (emitted?.pact.interactions ?? []) as HttpInteraction[] }
}

const Item = z.object({ id: z.int() })

test('the normal half, and an interaction for each condition that a stance answers', () => {
  const { interactions, problems } = emit({
    interactions: {
      'read an item': {
        given: 'item 7 is there',
        request: { method: 'GET', path: '/items/{id}' },
        parameters: { id: 7 },
        response: { body: Item, within: '1s' },
        degraded: {
          'stock: *': unaffected(),
          'stock: slow': reduced({ headers: { 'x-degraded': 'stock' }, within: '500ms' }),
          'db → cache: unavailable': refused({ retryAfter: true, problem: true, body: z.object({ status: z.int() }) }),
        },
        recovers: '3s',
      },
    },
  })
  expect(problems).toEqual([])
  expect(
    interactions.map(({ description, states }) => [description, states.map(({ name }) => name).join(' + ')]),
  ).toEqual([
    ['read an item', 'item 7 is there'],
    ['read an item (cache is unavailable for db)', 'item 7 is there + cache is unavailable for db'],
    ['read an item (stock is slow)', 'item 7 is there + stock is slow'],
    ...['unavailable', 'failing', 'overloaded', 'wrong'].map((condition) => [
      `read an item (stock is ${condition})`,
      `item 7 is there + stock is ${condition}`,
    ]),
  ])
  const [normal, noCache, slow, gone] = interactions
  expect(normal?.comments).toEqual({ brownout: { interaction: 'read an item', withinMs: 1_000, recoversMs: 3_000 } })
  expect(slow).toMatchObject({
    states: [
      { name: 'item 7 is there', params: { id: 7 } },
      { name: 'stock is slow', params: { dependency: 'stock', condition: 'slow' } },
    ],
    comments: {
      brownout: {
        interaction: 'read an item',
        stance: 'reduced',
        condition: 'stock: slow',
        withinMs: 500,
        recoversMs: 3_000,
      },
    },
    response: { status: 200, headers: { 'x-degraded': ['stock'] }, body: { kind: 'absent' } },
  })
  expect(noCache).toMatchObject({
    states: [{}, { params: { dependency: 'cache', condition: 'unavailable', consumer: 'db' } }],
    comments: { brownout: { stance: 'refused', condition: 'db → cache: unavailable' } },
    response: { status: 503, body: { value: { status: 503 }, contentType: 'application/problem+json' } },
  })
  expect(noCache?.response.rules.headers.map(({ path }) => path)).toEqual([
    [{ field: 'content-type' }],
    [{ field: 'retry-after' }],
  ])
  expect(noCache?.response.rules.body).toEqual([
    { path: [{ field: 'status' }], combine: 'AND', matchers: [{ match: 'equality' }] },
  ])
  expect(gone?.response).toEqual(normal?.response)
  expect(gone?.comments).toMatchObject({ brownout: { stance: 'unaffected', withinMs: 1_000 } })
})

test('"otherwise" speaks of every dependency that the contract names', () => {
  const { interactions } = emit({
    otherwise: refused(),
    interactions: {
      'read an item': {
        request: { method: 'GET', path: '/items' },
        response: {},
        degraded: { 'stock: *': unaffected(), 'cache: slow': unaffected() },
      },
    },
  })
  const refusals = interactions.filter(({ response }) => response.status === 503)
  expect(refusals.map(({ states }) => states[0]?.name)).toEqual(
    ['unavailable', 'failing', 'overloaded', 'wrong'].map((condition) => `cache is ${condition}`),
  )
})

test('a request may have any value in its places, and the provider state fills those no row does', () => {
  const { interactions } = emit({
    interactions: {
      'place an order': {
        given: 'a customer',
        request: {
          method: 'POST',
          path: '/shops/{shop}/orders',
          query: { q: 'for {name}', fixed: '1' },
          headers: { Authorization: 'Bearer {token}' },
          body: { album: '{album}', note: 'for {name}', fixed: 1, list: ['{token}'] },
        },
        parameters: { shop: 'a b', name: 'Ada' },
        rows: [{ album: 7 }],
        response: { status: [200, 201] },
      },
    },
  })
  expect(interactions[0]?.request).toEqual({
    method: 'POST',
    path: '/shops/a%20b/orders',
    query: { q: ['for Ada'], fixed: ['1'] },
    headers: { authorization: ['Bearer token'], 'content-type': ['application/json'] },
    body: {
      kind: 'json',
      value: { album: 7, note: 'for Ada', fixed: 1, list: ['token'] },
      contentType: 'application/json',
    },
    rules: {
      path: { combine: 'AND', matchers: [{ match: 'regex', regex: '^/shops/[^/?#]+/orders$' }] },
      query: [
        { path: [{ field: 'q' }], combine: 'AND', matchers: [{ match: 'regex', regex: String.raw`^for [\s\S]*$` }] },
      ],
      headers: [
        {
          path: [{ field: 'authorization' }],
          combine: 'AND',
          matchers: [{ match: 'regex', regex: String.raw`^Bearer [\s\S]*$` }],
        },
      ],
      body: [
        { path: [{ field: 'album' }], combine: 'AND', matchers: [{ match: 'type' }] },
        { path: [{ field: 'list' }, { index: 0 }], combine: 'AND', matchers: [{ match: 'type' }] },
        { path: [{ field: 'note' }], combine: 'AND', matchers: [{ match: 'regex', regex: String.raw`^for [\s\S]*$` }] },
      ],
    },
    generators: {
      path: { '': { type: 'ProviderState', expression: '/shops/${shop}/orders' } },
      query: { q: { type: 'ProviderState', expression: 'for ${name}' } },
      header: { authorization: { type: 'ProviderState', expression: 'Bearer ${token}' } },
      body: {
        '$.note': { type: 'ProviderState', expression: 'for ${name}' },
        '$.list[0]': { type: 'ProviderState', expression: '${token}' },
      },
    },
  })
  expect(interactions[0]?.response).toMatchObject({
    status: 200,
    rules: { status: { matchers: [{ match: 'statusCode', status: [200, 201] }] } },
  })
})

test('headers are text, patterns and schemas', () => {
  const { interactions, problems } = emit({
    interactions: {
      get: {
        request: { method: 'GET', path: '/' },
        response: {
          headers: { 'X-Exact': 'a', 'x-like': /^v\d+$/i, 'x-any': z.string(), 'x-one': z.enum(['a', 'b']) },
        },
      },
    },
  })
  expect(problems).toEqual([])
  const { headers, rules } = interactions[0]?.response ?? {}
  expect(headers).toEqual({ 'x-any': ['text'], 'x-exact': ['a'], 'x-like': ['v0'], 'x-one': ['a'] })
  expect(rules?.headers.map(({ path, matchers }) => [path[0], matchers])).toEqual([
    [{ field: 'x-any' }, [{ match: 'type' }]],
    [{ field: 'x-like' }, [{ match: 'regex', regex: '(?i)^v[0-9]+$' }]],
    [{ field: 'x-one' }, [{ match: 'type' }, { match: 'regex', regex: '^(?:a|b)$' }]],
  ])
})

test('all that no pact can say is told at once, each with its place', () => {
  const { problems } = emit({
    interactions: {
      get: {
        request: { method: 'GET', path: '/' },
        response: { body: z.strictObject({ a: z.string().optional() }), headers: { 'x-may': z.string().optional() } },
        degraded: { 'db: slow': refused({ problem: true }) },
      },
    },
  })
  expect(problems.map(({ path, message }) => [path.slice(2).join(' '), message])).toEqual([
    ['response headers x-may', 'may be absent, and no pact can say so'],
    ['response body', 'other fields are forbidden, and no pact can say so'],
    ['response body $.a', 'may be absent, and no pact can say so'],
    ['degraded db: slow body $.status', 'is the HTTP status, if it is there, and no pact can say so'],
  ])
})

test('what may be left out is told in the pact', () => {
  const { interactions, problems } = emit({
    pact: { mayOmit: ['closed objects', 'optional fields'] },
    interactions: {
      get: {
        request: { method: 'GET', path: '/' },
        response: { body: z.strictObject({ a: z.string().optional(), b: z.int() }) },
      },
    },
  })
  expect(problems).toEqual([])
  expect(interactions[0]?.comments).toMatchObject({
    brownout: { omits: ['body $: other fields are forbidden', 'body $.a: may be absent'] },
  })
  expect(interactions[0]?.response.body).toMatchObject({ value: { b: 1 } })
})

test('messages, and all files of a pair in one pact', () => {
  const job = defineContract({
    consumer: 'printer',
    provider: 'shop',
    messages: { 'a job': { given: 'an order', contents: Item, metadata: { queue: 'jobs' } } },
  })
  const http = defineContract({
    consumer: 'printer',
    provider: 'shop',
    interactions: { get: { request: { method: 'GET', path: '/' }, response: {} } },
  })
  const other = defineContract({ consumer: 'a', provider: 'shop', interactions: http.interactions })
  const emitted = emitPacts([
    { file: 'job', contract: job },
    { file: 'http', contract: http },
    { file: 'other', contract: other },
  ])
  expect(emitted.map(({ pact }) => nameOf(pact))).toEqual(['a-shop.json', 'printer-shop.json'])
  expect(emitted[1]?.pact.interactions).toMatchObject([
    {
      kind: 'message',
      description: 'a job',
      states: [{ name: 'an order', params: {} }],
      message: {
        contents: { value: { id: 1 } },
        metadata: { queue: 'jobs' },
        rules: { contents: [{ path: [{ field: 'id' }], matchers: [{ match: 'integer' }] }] },
      },
    },
    { kind: 'http', description: 'get' },
  ])
})
