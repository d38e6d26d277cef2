import { request } from 'node:http'
import { beforeEach, expect, test } from 'vitest'
import { ask, problem } from './answers.ts'
import { answerWith, type Fake } from './fake.ts'
import { use } from './processes.ts'
import { addressesOf, startStorefront } from './storefronts.ts'

let within: Fake
beforeEach(async () => {
  within = use(await answerWith(200, { secret: true }))
})
const start = (defects = '') => startStorefront({ ...addressesOf(within.url), DEFECTS: defects })

/** The status of a path that is sent as it is written. */
function statusOf(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

test('nothing inside can be reached by a path', async () => {
  const storefront = await start()
  for (const path of [
    '/',
    '/effects',
    '/internal',
    '/auth/healthz',
    '/orders/effects',
    '/imaging/effects',
    '/jobs/claim',
  ])
    expect(await ask(`${storefront.url}${path}`)).toEqual(problem(404))
  for (const path of ['/healthz/../effects', '/../effects', '//catalog/effects', '/albums/1/../../effects', '*'])
    expect(await statusOf(storefront.url, path)).toBe(404)
  expect(within.requests).toEqual([])
})

test('defect proxies-unknown-paths: the name of a service is the way to it', async () => {
  const storefront = await start('proxies-unknown-paths')
  for (const service of ['comments', 'auth', 'catalog', 'orders', 'imaging'])
    expect(await ask(`${storefront.url}/${service}/effects`)).toMatchObject({ status: 200, body: { secret: true } })
  expect(within.requests.map(({ path }) => path)).toEqual(Array.from({ length: 5 }, () => '/effects'))
  expect(await ask(`${storefront.url}/internal/effects`)).toEqual(problem(404))
})
