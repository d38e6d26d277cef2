import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HttpInteraction, Pact } from '../../../src/pact/model.ts'
import { readPact } from '../../../src/pact/read/read-pact.ts'
import { inWrittenOrder, writePact } from '../../../src/pact/write/write-pact.ts'
import { arbitraryPact } from './arbitrary-pact.ts'

const article: HttpInteraction = {
  kind: 'http',
  description: 'read an article',
  states: [{ name: 'dependency redis is down', params: { fault: 'down', dependency: 'redis' } }],
  pending: false,
  comments: { text: ['a word'] },
  request: {
    method: 'GET',
    path: '/articles/1',
    query: { page: ['2'] },
    headers: { accept: ['application/json'] },
    body: { kind: 'absent' },
    rules: {
      path: { combine: 'AND', matchers: [{ match: 'regex', regex: String.raw`^/articles/\d+$` }] },
      query: [{ path: [{ field: 'page' }], combine: 'AND', matchers: [{ match: 'integer' }] }],
      headers: [],
      body: [],
    },
    generators: { path: { '': { type: 'ProviderState', expression: '/articles/${id}' } } },
  },
  response: {
    status: 200,
    headers: {},
    body: { kind: 'json', value: { title: 'On toxics', id: 1 }, contentType: 'application/json' },
    rules: {
      status: { combine: 'AND', matchers: [{ match: 'statusCode', status: [200, 503] }] },
      headers: [],
      body: [{ path: [{ field: 'id' }], combine: 'OR', matchers: [{ match: 'integer' }, { match: 'null' }] }],
    },
    generators: {},
  },
}
const pact: Pact = { consumer: 'browser', provider: 'storefront', interactions: [article] }

test('a pact is written as V4: keys in a fixed order, a key that is a hash, nothing that changes', () => {
  const written = {
    consumer: { name: 'browser' },
    provider: { name: 'storefront' },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        key: '9f4cffe0dc1b729d',
        description: 'read an article',
        pending: false,
        providerStates: [{ name: 'dependency redis is down', params: { dependency: 'redis', fault: 'down' } }],
        comments: { text: ['a word'] },
        request: {
          method: 'GET',
          path: '/articles/1',
          query: { page: ['2'] },
          headers: { accept: ['application/json'] },
          matchingRules: {
            path: { combine: 'AND', matchers: [{ match: 'regex', regex: String.raw`^/articles/\d+$` }] },
            query: { page: { combine: 'AND', matchers: [{ match: 'integer' }] } },
          },
          generators: { path: { expression: '/articles/${id}', type: 'ProviderState' } },
        },
        response: {
          status: 200,
          body: {
            contentType: 'application/json',
            contentTypeHint: 'TEXT',
            encoded: false,
            content: { id: 1, title: 'On toxics' },
          },
          matchingRules: {
            status: { combine: 'AND', matchers: [{ match: 'statusCode', status: [200, 503] }] },
            body: { '$.id': { combine: 'OR', matchers: [{ match: 'integer' }, { match: 'null' }] } },
          },
        },
      },
    ],
    metadata: { pactSpecification: { version: '4.0' }, brownout: { form: 1 } },
  }
  expect(writePact(pact)).toBe(`${JSON.stringify(written, null, 2)}\n`)
})

test('what is not there is not written', () => {
  const bare: HttpInteraction = {
    ...article,
    states: [],
    comments: {},
    request: {
      ...article.request,
      query: {},
      headers: {},
      rules: { path: null, query: [], headers: [], body: [] },
      generators: {},
    },
    response: {
      ...article.response,
      body: { kind: 'empty' },
      rules: { status: null, headers: [], body: [] },
    },
  }
  const { interactions } = JSON.parse(writePact({ ...pact, interactions: [bare] }))
  expect(interactions).toEqual([
    {
      type: 'Synchronous/HTTP',
      key: expect.stringMatching(/^[\da-f]{16}$/),
      description: 'read an article',
      pending: false,
      request: { method: 'GET', path: '/articles/1' },
      response: { status: 200, body: { contentTypeHint: 'TEXT', encoded: false, content: '' } },
    },
  ])
})

test('interactions stand in the order of their states, then of their descriptions, whatever order they came in', () => {
  const { states } = article
  const all = [
    { ...article, description: 'b' },
    { ...article, states },
    { ...article, states: [] },
    { ...article, description: 'B' },
  ]
  const texts = [all, all.toReversed()].map((interactions) => writePact({ ...pact, interactions }))
  expect(texts[0]).toBe(texts[1])
  expect(inWrittenOrder(all).map((one) => [one.description, one.states.length])).toEqual([
    ['read an article', 0],
    ['B', 1],
    ['b', 1],
    ['read an article', 1],
  ])
})

test('property: what was written is read again as the same pact, without problems and notes', () => {
  fc.assert(
    fc.property(arbitraryPact, (any) => {
      const { version, pact: read, problems, notes } = readPact(writePact(any), 'a.json')
      expect({ version, problems, notes }).toEqual({ version: '4', problems: [], notes: [] })
      expect(read).toEqual({ ...any, interactions: inWrittenOrder(any.interactions) })
    }),
    { numRuns: 300 },
  )
})

test('property: equal pacts are equal in every byte, however they came about', () => {
  const turned = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(turned)
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, part]) => [key, turned(part)]),
    )
  }
  fc.assert(
    fc.property(arbitraryPact, (any) => {
      const text = writePact(any)
      expect(writePact(turned(any) as Pact)).toBe(text)
      expect(writePact(readPact(text, 'a.json').pact as Pact)).toBe(text)
    }),
  )
})
