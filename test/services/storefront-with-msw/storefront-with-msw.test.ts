import { expect, test } from 'vitest'
import browserStorefront from '../../../contracts/browser--storefront.contract.ts'
import { failsThenWorks, hang, type Instead, networkError, slowBody, status } from '../../../src/msw/api.ts'
import { ask, comeBackLater, post } from '../answers.ts'
import { keeps, normal, onlyThe } from '../halves.ts'
import { eventually } from '../processes.ts'
import type { ServiceName } from './services.ts'
import { startStorefront } from './storefront.ts'

/** What a browser asks, and what the storefront asks for it of which service. */
const all = {
  'read an article': { row: { id: 1 }, of: 'comments', for: 'read the comments of an article' },
  'log in': { row: { user: 'ada', password: 'matt paper' }, of: 'auth', for: 'log in' },
  'see who I am': { row: { token: 'a'.repeat(16), cookie: 'a=1' }, of: 'auth', for: 'look a session up' },
  'look at an album': { row: { album: 1 }, of: 'catalog', for: 'look at an album' },
  'order an album': { row: { album: 1, copies: 1, key: 'k-1' }, of: 'orders', for: 'take an order' },
  'upload a picture': { row: { name: 'lake', width: 320, height: 240 }, of: 'imaging', for: 'make a thumbnail' },
} as const satisfies Record<string, { row: object; of: ServiceName; for: string }>
const names = Object.keys(all) as (keyof typeof all)[]

/** The halves of the browser's contract that an answer of the storefront keeps. */
function kept(url: string, name: keyof typeof all) {
  return keeps({ storefront: url }, { contract: browserStorefront, name, row: all[name].row })
}

const inNoHalf = 0

const half = (line: string, name: string) => onlyThe(line, browserStorefront, name)

test('what it asks is in its contracts, and what they answer makes the normal half', async () => {
  const { url, times } = await startStorefront()
  for (const name of names) {
    expect(await kept(url, name), name).toBe(normal)
    expect(await times(all[name].of, all[name].for)).toBe(1)
  }
})

test.for(['redis: unavailable', 'redis: slow'])(
  'what auth still promises under %s is what the browser gets',
  async (line) => {
    const { url, under } = await startStorefront()
    await under('auth', line)
    expect(await kept(url, 'log in')).toBe(half(line, 'log in'))
    expect(await kept(url, 'see who I am')).toBe(half(line, 'see who I am'))
    await under('auth')
    expect(await kept(url, 'log in')).toBe(normal)
    expect(await kept(url, 'see who I am')).toBe(normal)
  },
)

test.for([
  ['orders', 'notifications: unavailable', 'order an album'],
  ['orders', 'imaging: slow', 'order an album'],
  ['imaging', 'orders: unavailable', 'upload a picture'],
  ['imaging', 'notifications: wrong', 'upload a picture'],
] as const)('%s under %s makes no difference', async ([service, line, name]) => {
  const { url, under } = await startStorefront()
  await under(service, line)
  expect(await kept(url, name)).toBe(normal)
})

const troubles: [string, Instead][] = [
  ['dies', networkError()],
  ['hangs', hang()],
  ['drips its body', slowBody('10s')],
  ['fails', status(500, '{}', { 'content-type': 'application/json' })],
  ['says what is no JSON', status(200, '<html>', { 'content-type': 'text/html' })],
]

test.for(troubles)(
  'a service that %s: each answer is the fallback that the browser was promised',
  async ([, instead]) => {
    const { url, next } = await startStorefront()
    for (const name of names) {
      const { of, for: asked } = all[name]
      // Orders and pictures are asked for twice.
      await next(of, asked, ...failsThenWorks(2, instead))
      expect(await kept(url, name), name).toBe(half(`${of}: unavailable`, name))
    }
  },
)

test('an article goes without its comments twice, then has them', async () => {
  const { url, next, times } = await startStorefront()
  await next('comments', 'read the comments of an article', ...failsThenWorks(2, networkError()))
  const withoutComments = half('comments: unavailable', 'read an article')
  for (const expected of [withoutComments, withoutComments, normal])
    expect(await kept(url, 'read an article')).toBe(expected)
  expect(await times('comments', 'read the comments of an article')).toBe(3)
})

test('an order whose answer is lost is sent once more, under the same key', async () => {
  const { url, next, times, asked } = await startStorefront()
  await next('orders', 'take an order', networkError())
  expect(await kept(url, 'order an album')).toBe(normal)
  expect(await times('orders', 'take an order')).toBe(2)
  const sent = await asked('orders', 'take an order')
  expect(sent.map(({ headers, body }) => [headers['idempotency-key'], body])).toEqual(
    Array.from({ length: 2 }, () => ['k-1', '{"album":1,"copies":1}']),
  )
})

test('the breaker opens after five failures, and closes when comments are there again', async () => {
  const { url, next, times } = await startStorefront()
  const comments = ['comments', 'read the comments of an article'] as const
  await next(...comments, ...failsThenWorks(5, networkError()))
  const withoutComments = half('comments: unavailable', 'read an article')
  const health = async () => (await ask(`${url}/healthz`)).body.dependencies.comments as string
  for (let i = 0; i < 5; i++) expect(await kept(url, 'read an article')).toBe(withoutComments)
  const openedAt = performance.now()
  expect(await health()).toBe('down')
  for (let i = 0; i < 5; i++) expect(await kept(url, 'read an article')).toBe(withoutComments)
  // An open breaker lets one try a second, and a slow machine may take a second for these.
  expect(await times(...comments)).toBeLessThanOrEqual(5 + Math.floor((performance.now() - openedAt) / 900))
  await eventually(async () => expect(await kept(url, 'read an article')).toBe(normal))
  expect(await health()).toBe('up')
})

test('a request that is in no contract is told, though the fallback hides it', async () => {
  const { url, reset } = await startStorefront()
  const login = { user: 'ada', password: 'matt paper', remember: true }
  expect(await post(`${url}/login`, login)).toEqual(comeBackLater)
  await expect(reset('auth')).rejects.toThrow(
    /Nothing answers POST \/login\. Nearest is "log in":\n {2}body \$.*remember/,
  )
})

test.for(['wrong-fallback', 'comments-required'])(
  'defect %s: the fallback is none that was promised',
  async (defect) => {
    const { url, next } = await startStorefront({ DEFECTS: defect })
    await next('comments', 'read the comments of an article', networkError())
    expect(await kept(url, 'read an article')).toBe(inNoHalf)
  },
)
