import { expect, test } from 'vitest'
import config from '../../brownout.config.ts'
import browserStorefront from '../../contracts/browser--storefront.contract.ts'
import storefrontAuth from '../../contracts/storefront--auth.contract.ts'
import storefrontCatalog from '../../contracts/storefront--catalog.contract.ts'
import { need } from '../parts.ts'
import { contracts, expectNormalHalves, keeps, normal, onlyThe, rowsOf } from './halves.ts'
import { eventually, freePort, startRedis, startService, use } from './processes.ts'
import { startShop } from './shop.ts'
import { addressesOf } from './storefronts.ts'

test('a healthy shop keeps the normal half of every interaction, for every row', async (ctx) => {
  const shop = await startShop(use(await startRedis(need(ctx, 'redis-server'))).port)
  let asked = 0
  for (const contract of contracts) asked += await expectNormalHalves(shop.url, contract)
  const [articles, customers, albums, orders, pictures, paths, jobs, messages] = [5, 10, 12, 8, 6, 9, 4, 3]
  expect(asked).toBe(2 * articles + 4 * customers + 2 * albums + orders + pictures + paths + jobs + messages)
})

test('a shop whose Redis refuses keeps the degraded halves', async (ctx) => {
  const shop = await startShop(use(await startRedis(need(ctx, 'redis-server'))).port)
  const [customer = {}] = await rowsOf(shop.url, browserStorefront, 'see who I am')
  await shop.redis.refuse()
  const login = { user: 'ada', password: 'matt paper' }
  for (const [contract, name, row] of [
    [browserStorefront, 'log in', login],
    [browserStorefront, 'see who I am', customer],
    [storefrontAuth, 'log in', login],
    [storefrontAuth, 'look a session up', customer],
  ] as const) {
    const reducedOrRefused = onlyThe('redis: unavailable', contract, name)
    await eventually(async () => expect(await keeps(shop.url, { contract, name, row })).toBe(reducedOrRefused))
  }
  for (const [contract, name, row] of [
    [browserStorefront, 'read an article', { id: 2 }],
    [browserStorefront, 'look at an album', { album: 7 }],
    [storefrontCatalog, 'look at an album', { album: 8 }],
  ] as const)
    await eventually(async () => expect(await keeps(shop.url, { contract, name, row })).toBe(normal))
})

const needing = {
  catalog: { name: 'look at an album', row: { album: 1 } },
  orders: { name: 'order an album', row: { album: 1, copies: 1, key: 'k-1' } },
  imaging: { name: 'upload a picture', row: { name: 'lake', width: 320, height: 240 } },
} as const

test.for([{}, { variant: 'storefront.leaks-upstream-error' }])(
  'what cannot be had is refused in plain words: %j',
  async ({ variant }: { variant?: string }, ctx) => {
    const shop = await startShop(use(await startRedis(need(ctx, 'redis-server'))).port, variant)
    for (const service of ['catalog', 'orders', 'imaging'] as const) {
      const { name, row } = needing[service]
      const refused = variant === undefined ? onlyThe(`${service}: unavailable`, browserStorefront, name) : 0
      await shop[service].refuse()
      for (let i = 0; i < 7; i++)
        expect(await keeps(shop.url, { contract: browserStorefront, name, row })).toBe(refused)
    }
  },
)

test.for([{}, { variant: 'storefront.proxies-unknown-paths' }])(
  'what is inside cannot be reached: %j',
  async ({ variant }: { variant?: string }, ctx) => {
    const shop = await startShop(use(await startRedis(need(ctx, 'redis-server'))).port, variant)
    const row = { service: 'auth', page: 'healthz' }
    const path = { contract: browserStorefront, name: 'ask for what is not there', row }
    expect(await keeps(shop.url, path)).toBe(variant === undefined ? normal : 0)
  },
)

const reduced = onlyThe('comments: unavailable', browserStorefront, 'read an article')
const articles: { variant?: string; halves: number }[] = [
  { halves: reduced },
  { variant: 'storefront.endless-retries', halves: reduced },
  { variant: 'storefront.wrong-fallback', halves: 0 },
  { variant: 'storefront.comments-required', halves: 0 },
]

test.for(articles)('an article whose comments are refused keeps as much as it should: %j', async (expected, ctx) => {
  const { variant, halves } = expected
  const shop = await startShop(use(await startRedis(need(ctx, 'redis-server'))).port, variant)
  await shop.comments.refuse()
  const article = { contract: browserStorefront, name: 'read an article', row: { id: 1 } }
  for (let i = 0; i < 4; i++) expect(await keeps(shop.url, article)).toBe(halves)
})

test('every variant switches on a defect that its service knows', async (ctx) => {
  const variants = Object.entries(config.variants ?? {})
  expect(variants).toHaveLength(22)
  const { port } = use(await startRedis(need(ctx, 'redis-server')))
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const addresses = { ...addressesOf(nowhere), NOTIFICATIONS_URL: nowhere, STOREFRONT_URLS: nowhere }
  const redis = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port) }
  for (const [variant, overlay] of variants) {
    for (const [service, env] of Object.entries(overlay)) {
      expect(variant).toBe(`${service}.${String(env['DEFECTS'])}`)
      await using running = await startService(service, { ...addresses, ...redis, ...(env as Record<string, string>) })
      expect(running.port).toBeGreaterThan(0)
    }
  }
})
