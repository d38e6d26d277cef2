import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { failsThenWorks, hang, listen, mockService, networkError, slowBody, status } from '../../src/msw/api.ts'
import { contract } from './article.ts'

const storefront = mockService(contract, { baseUrl: 'http://storefront.test' })
const server = setupServer(...storefront.handlers)
beforeAll(() => listen(server))
afterEach(() => storefront.reset())
afterAll(() => server.close())

const read = (init: RequestInit = {}) => fetch('http://storefront.test/articles/1', init)

test('a network error, for one request', async () => {
  storefront.next('read an article', networkError())
  await expect(read()).rejects.toThrow('fetch')
  expect((await read()).status).toBe(200)
  expect(storefront.requests['read an article']).toHaveLength(2)
})

test('a hang ends with the patience of the client', async () => {
  storefront.next('read an article', hang())
  await expect(read({ signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout')
  expect((await read()).status).toBe(200)
})

test('a slow body: the head at once, and all of it in the end', async () => {
  storefront.next('read an article', slowBody('300ms'))
  const asked = performance.now()
  const response = await read()
  const headAfter = performance.now() - asked
  expect(await response.json()).toMatchObject({ comments: expect.any(Array) })
  const bodyAfter = performance.now() - asked
  expect(response.status).toBe(200)
  expect(bodyAfter).toBeGreaterThanOrEqual(250)
  expect(bodyAfter - headAfter).toBeGreaterThan(100)
})

test('a slow body can be given up', async () => {
  storefront.next('read an article', slowBody('1m'))
  const response = await read({ signal: AbortSignal.timeout(200) })
  await expect(response.text()).rejects.toThrow('timeout')
})

test('a slow body without a body, and the degraded half slowly', async () => {
  storefront.next('save an article', slowBody('50ms'))
  const headers = { 'content-type': 'application/json' }
  const saved = await fetch('http://storefront.test/articles/1', { method: 'PUT', body: '{"title":"A"}', headers })
  expect([saved.status, await saved.text()]).toEqual([204, ''])
  storefront.under('comments: unavailable')
  storefront.next('read an article', slowBody('50ms'))
  expect(await (await read()).json()).toMatchObject({ commentsUnavailable: true })
})

test('a status that no contract speaks of', async () => {
  storefront.next('read an article', status(418, 'short and stout', { 'x-pot': 'tea' }), status(204))
  const response = await read()
  expect([response.status, response.headers.get('x-pot'), await response.text()]).toEqual([
    418,
    'tea',
    'short and stout',
  ])
  expect((await read()).status).toBe(204)
})

test('fails twice, then works, in whatever half is in force', async () => {
  storefront.under('comments: unavailable')
  storefront.next('read an article', failsThenWorks(2, networkError()))
  for (let i = 0; i < 2; i++) await expect(read()).rejects.toThrow('fetch')
  expect(await (await read()).json()).toMatchObject({ commentsUnavailable: true })
})

test('what was to come is forgotten by a reset', async () => {
  storefront.next('read an article', failsThenWorks(9, networkError()))
  storefront.reset()
  expect((await read()).status).toBe(200)
})
