import { Redis } from 'ioredis'
import { beforeEach, describe, expect, test } from 'vitest'
import { need } from '../parts.ts'
import { ask, comeBackLater, problem } from './answers.ts'
import { eventually, freePort, startRedis, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'

const lake = { id: 1, title: 'A week by the lake', pages: 24, price: { amount: 2_490, currency: 'EUR' } }
const isLake = { status: 200, body: lake }

async function startCatalog(redisPort: number, defects = '') {
  const env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redisPort), DEFECTS: defects }
  const catalog = use(await startService('catalog', env))
  const get = (path: string) => ask(`${catalog.url}${path}`)
  return {
    ...catalog,
    look: (album: number | string) => get(`/albums/${album}`),
    effects: async () => (await get('/effects')).body,
    redis: async () => (await get('/healthz')).body.dependencies.redis,
  }
}

type Catalog = Awaited<ReturnType<typeof startCatalog>>

const crowd = ({ look }: Catalog) => Promise.all(Array.from({ length: 20 }, () => look(1)))

describe('without any Redis', () => {
  test('starts, says so, and has the albums all the same', async () => {
    const catalog = await startCatalog(await freePort())
    expect(await catalog.redis()).toBe('down')
    expect(await catalog.look(1)).toMatchObject(isLake)
    expect(await catalog.look(12)).toMatchObject({ status: 200, body: { id: 12, price: { currency: 'EUR' } } })
    for (const unknown of [13, 0, 'x', -1]) expect(await catalog.look(unknown)).toEqual(problem(404))
  })

  test('reads an album once for all who ask at the same time', async () => {
    const catalog = await startCatalog(await freePort())
    for (const answer of await crowd(catalog)) expect(answer).toMatchObject(isLake)
    const { storeReads } = await catalog.effects()
    expect(storeReads).toBeLessThan(5)
    expect(await catalog.effects()).toEqual({
      storeReads,
      readsOfTheLastSecond: expect.any(Number),
      readsUnderWay: 0,
      mostReadsOfOneAlbumAtOnce: 1,
    })
  })

  test('tells how often it read lately', async () => {
    const catalog = await startCatalog(await freePort())
    await eventually(async () => {
      for (const album of [1, 2]) await catalog.look(album)
      expect((await catalog.effects()).readsOfTheLastSecond).toBeGreaterThan(1)
    })
    await eventually(async () => expect(await catalog.effects()).toMatchObject({ readsOfTheLastSecond: 0 }))
    expect((await catalog.effects()).storeReads).toBeGreaterThan(1)
  })

  test('does not bother the store with albums that do not exist', async () => {
    const catalog = await startCatalog(await freePort())
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => catalog.look(1_000 + index)))
    for (const answer of answers) expect(answer).toEqual(problem(404))
    expect(await catalog.effects()).toMatchObject({ storeReads: 0 })
  })

  test('defect stampede: everybody reads for himself', async () => {
    const catalog = await startCatalog(await freePort(), 'stampede')
    for (const answer of await crowd(catalog)) expect(answer).toMatchObject(isLake)
    expect(await catalog.effects()).toMatchObject({ storeReads: 20 })
    expect((await catalog.effects()).mostReadsOfOneAlbumAtOnce).toBeGreaterThan(1)
  })

  test('defect stampede: lets no more wait for the store than it can serve', async () => {
    const catalog = await startCatalog(await freePort(), 'stampede')
    const answers = await Promise.all(Array.from({ length: 100 }, () => catalog.look(1)))
    const refused = answers.filter(({ status }) => status === 503)
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) expect(answer).toEqual(comeBackLater)
    for (const answer of answers.filter(({ status }) => status !== 503)) expect(answer).toMatchObject(isLake)
    expect(await catalog.look(1)).toMatchObject(isLake)
  })

  test('defect cache-required: no album', async () => {
    const catalog = await startCatalog(await freePort(), 'cache-required')
    expect(await catalog.look(1)).toEqual(comeBackLater)
  })

  test('defect health-lies: says that it is there', async () => {
    expect(await (await startCatalog(await freePort(), 'health-lies')).redis()).toBe('up')
  })
})

describe('with Redis', () => {
  let redis: { port: number }
  let relay: Relay
  beforeEach(async (ctx) => {
    redis = use(await startRedis(need(ctx, 'redis-server')))
    relay = use(await openRelay(redis.port))
  })

  /** Looks at an album until it is one that Redis had. */
  const eventuallyCached = (catalog: Catalog) =>
    eventually(async () => {
      const { storeReads } = await catalog.effects()
      expect(await catalog.look(1)).toMatchObject(isLake)
      expect((await catalog.effects()).storeReads).toBe(storeReads)
    })

  test('keeps albums there, for every copy of itself', async () => {
    const [one, other] = await Promise.all([startCatalog(relay.port), startCatalog(relay.port)])
    let album = 1
    await eventually(async () => {
      await one.look(++album)
      const { storeReads } = await other.effects()
      expect(await other.look(album)).toMatchObject({ status: 200 })
      expect((await other.effects()).storeReads).toBe(storeReads)
    })
  })

  test.for([
    '',
    'garbage',
    'null',
    '{"id":1}',
    JSON.stringify({ ...lake, id: 2 }),
    JSON.stringify({ ...lake, price: 2_490 }),
    JSON.stringify(lake).slice(0, -1),
  ])('takes what is no album, or another one, for nothing: %s', async (stray) => {
    const catalog = await startCatalog(relay.port)
    await eventually(async () => expect(await catalog.redis()).toBe('up'))
    await using admin = administrator(redis.port)
    await admin.redis.set('album:1', stray)
    expect(await catalog.look(1)).toMatchObject(isLake)
    // In its place there is the right one.
    await eventually(async () => expect(JSON.parse((await admin.redis.get('album:1')) ?? '')).toEqual(lake))
  })

  test.for(['refusing', 'hanging', 'slow'] as const)('has the right albums while it is %s', async (trouble) => {
    const catalog = await startCatalog(relay.port)
    await eventually(async () => expect(await catalog.redis()).toBe('up'))
    await eventuallyCached(catalog)

    if (trouble === 'refusing') await relay.refuse()
    else relay.mode = trouble === 'hanging' ? 'silent' : { lateMs: 2_000 }
    for (let i = 0; i < 3; i++) for (const answer of await crowd(catalog)) expect(answer).toMatchObject(isLake)
    expect((await catalog.effects()).mostReadsOfOneAlbumAtOnce).toBe(1)
    await eventually(async () => expect(await catalog.redis()).toBe('down'))

    if (trouble === 'refusing') await relay.accept()
    else relay.mode = 'pass'
    await eventually(async () => expect(await catalog.redis()).toBe('up'))
    await eventuallyCached(catalog)
  })

  test('comes to know a Redis that was not there at its start', async () => {
    await relay.refuse()
    const catalog = await startCatalog(relay.port)
    expect(await catalog.redis()).toBe('down')
    await relay.accept()
    await eventually(async () => expect(await catalog.redis()).toBe('up'))
  })

  test('defect cache-required: no album while it is refusing', async () => {
    const catalog = await startCatalog(relay.port, 'cache-required')
    await eventually(async () => expect(await catalog.look(1)).toMatchObject(isLake))
    await relay.refuse()
    await eventually(async () => expect(await catalog.look(1)).toEqual(comeBackLater))
  })

  test('defect needs-redis-at-boot: starts only when it answers', async () => {
    relay.mode = 'silent'
    let started = false
    const starting = startCatalog(relay.port, 'needs-redis-at-boot').then((catalog) => {
      started = true
      return catalog
    })
    await eventually(() => expect(relay.opened).toBeGreaterThanOrEqual(3))
    expect(started).toBe(false)
    relay.mode = 'pass'
    expect(await (await starting).redis()).toBe('up')
  })
})

/** Somebody else who writes to the same Redis. */
function administrator(port: number) {
  const redis = new Redis(port)
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() }
}
