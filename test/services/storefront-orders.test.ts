import { expect, test } from 'vitest'
import { comeBackLater, post, problem } from './answers.ts'
import { answerWith } from './fake.ts'
import { use } from './processes.ts'
import { openRelay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

const taken = { order: 7, album: 3, copies: 2, status: 'accepted' }
const inTheEnd = { timeout: 10_000 }

async function start(orders: string) {
  const { url, ...storefront } = await startStorefront({ ORDERS_URL: orders })
  const order = (headers: Record<string, string> = { 'idempotency-key': 'k-1' }) =>
    post(`${url}/orders`, { album: 3, copies: 2 }, { headers })
  return { ...storefront, url, order }
}

test.for([201, 200])('is passed on with its key, and the answer back: %s', async (status) => {
  const orders = use(await answerWith(status, taken))
  const storefront = await start(orders.url)
  await expect.poll(() => storefront.order(), inTheEnd).toMatchObject({ status, body: taken })
  const [request] = orders.requests
  expect(request).toMatchObject({ method: 'POST', path: '/orders', headers: { 'idempotency-key': 'k-1' } })
  expect(JSON.parse(request?.body ?? '')).toEqual({ album: 3, copies: 2 })
})

test('needs a key, and what orders needs', async () => {
  const orders = use(await answerWith(400, { title: 'no' }))
  const storefront = await start(orders.url)
  expect(await storefront.order({})).toEqual(problem(400))
  expect(orders.requests).toEqual([])
  await expect.poll(() => storefront.order(), inTheEnd).toEqual(problem(400))
})

test('is not taken under the key of another one', async () => {
  const orders = use(await answerWith(422, { title: 'no' }))
  const storefront = await start(orders.url)
  await expect.poll(() => storefront.order(), inTheEnd).toEqual(problem(422))
})

test('is not sent again when orders says no', async () => {
  const orders = use(await answerWith(503, { title: 'later' }, { 'retry-after': '7' }))
  const storefront = await start(orders.url)
  await expect.poll(() => storefront.order(), inTheEnd).toEqual(problem(503, { 'retry-after': '7' }))
  const { length } = orders.requests
  await expect.poll(() => storefront.order(), inTheEnd).toEqual(problem(503, { 'retry-after': '7' }))
  expect(orders.requests).toHaveLength(length + 1)
})

test('is sent once more with the same key when its answer is lost', async () => {
  const orders = use(await answerWith(201, taken))
  const relay = use(await openRelay(Number(new URL(orders.url).port)))
  relay.mode = 'silent'
  expect(await (await start(relay.url)).order()).toEqual(comeBackLater)
  expect(orders.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['k-1', 'k-1'])
})

test('is refused cleanly while orders is gone, and taken again after', async () => {
  const orders = use(await answerWith(201, taken))
  const relay = use(await openRelay(Number(new URL(orders.url).port)))
  const storefront = await start(relay.url)
  await relay.refuse()
  for (let i = 0; i < 5; i++) expect(await storefront.order()).toEqual(comeBackLater)
  await relay.accept()
  await expect.poll(() => storefront.order(), inTheEnd).toMatchObject({ status: 201, body: taken })
})
