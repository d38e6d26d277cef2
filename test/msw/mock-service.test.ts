import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { listen, mockService } from '../../src/msw/api.ts'
import { contract } from './article.ts'

const storefront = mockService(contract, { baseUrl: 'http://storefront.test/shop/' })
const cats = mockService(
  {
    consumer: { name: 'app' },
    provider: { name: 'cats' },
    interactions: ['Tom', 'Kit'].map((name) => ({
      description: `a cat named ${name}`,
      providerState: `${name} is at home`,
      request: { method: 'get', path: '/cats', query: 'age=3' },
      response: { status: 200, headers: { 'Set-Cookie': 'cat=1' }, body: { name, id: 'x' }, generators: {} },
    })),
    metadata: { pactSpecification: { version: '3.0.0' } },
  },
  { baseUrl: 'http://cats.test', state: 'Kit is at home' },
)
const server = setupServer(...storefront.handlers, ...cats.handlers)
beforeAll(() => listen(server))
afterEach(() => storefront.reset())
afterAll(() => server.close())

const url = 'http://storefront.test/shop/articles/7'

async function ask(target = url, init: RequestInit = {}) {
  const response = await fetch(target, init)
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    body: text && JSON.parse(text),
  }
}

test('the normal half answers, until a condition is in force, and again after a reset', async () => {
  const whole = { status: 200, body: { id: expect.any(Number), comments: expect.any(Array) } }
  expect(await ask()).toMatchObject(whole)
  storefront.under('comments: unavailable')
  expect(await ask()).toMatchObject({ status: 200, body: { commentsUnavailable: true } })
  storefront.under('auth: slow')
  expect(await ask()).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } })
  storefront.under('redis: wrong')
  expect(await ask()).toMatchObject(whole)
  storefront.under('comments: unavailable')
  storefront.under()
  expect(await ask()).toMatchObject(whole)
  storefront.under('comments: unavailable')
  storefront.reset()
  expect(await ask()).toMatchObject(whole)
})

test('what was asked is remembered, by interaction, until the reset', async () => {
  storefront.under('comments: unavailable')
  await ask()
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  expect(await ask(url, { method: 'PUT', body: '{"title":"A"}', headers })).toMatchObject({ status: 204, text: '' })
  expect(storefront.requests['read an article']).toMatchObject([
    { method: 'GET', path: '/articles/7', query: {}, body: null, half: 'read an article (comments is unavailable)' },
  ])
  expect(storefront.requests['save an article']).toMatchObject([{ body: '{"title":"A"}', half: 'save an article' }])
  storefront.reset()
  expect(storefront.requests).toEqual({ 'read an article': [], 'save an article': [] })
})

test.for([
  ['another path', '/articles/7/', {}, 'path'],
  ['a parameter', '/articles/7?page=2', {}, 'query page'],
  ['a key', '/articles/7', { method: 'PUT', body: '{"title":"A","text":"B"}' }, 'body $'],
  ['another method', '/articles/7', { method: 'DELETE' }, 'method'],
] as const)('what is in no contract is answered with 500, and why: %s', async ([, target, init, place]) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(`http://storefront.test/shop${target}`, { headers, ...init })
  const nearest = {
    interaction: expect.stringContaining('an article'),
    mismatches: [{ place: expect.stringContaining(place) }],
  }
  expect(answer).toMatchObject({ status: 500, body: { nearest } })
  expect(storefront.unmatched).toMatchObject([{ nearest }])
  // A client with a fallback hides it; the reset does not.
  expect(() => storefront.reset()).toThrow(
    expect.objectContaining({ code: 'UNMATCHED_REQUESTS', message: expect.stringContaining(place) }),
  )
  expect(storefront.unmatched).toEqual([])
})

test('any pact will do, and its states choose between its interactions', async () => {
  expect(await ask('http://cats.test/cats?age=3')).toMatchObject({ status: 200, body: { name: 'Kit' } })
  expect(cats.requests['a cat named Kit']).toHaveLength(1)
})

test('what is wrong with a source is told all at once', () => {
  expect(() => mockService('{', { baseUrl: 'http://a.test' })).toThrow('is no JSON')
  const wrong = {
    ...contract,
    consumer: '',
    interactions: { a: { request: { method: 'GET', path: 'a' }, response: {} } },
  }
  expect(() => mockService(wrong, { baseUrl: 'http://a.test' })).toThrow(/consumer: .*\n.*interactions › a › request/)
  expect(() => mockService(contract, { baseUrl: 'http://a.test', state: 'no such' })).toThrow(
    'Failed to choose "no such"',
  )
})
