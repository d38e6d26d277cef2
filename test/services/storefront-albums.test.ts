import { beforeEach, expect, test } from 'vitest'
import { ask, comeBackLater, problem } from './answers.ts'
import { answerWith } from './fake.ts'
import { eventually, freePort, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

const dog = { id: 10, title: 'The dog and the garden', pages: 12, price: { amount: 1_690, currency: 'EUR' } }
const isDog = { status: 200, body: dog }

/** On a machine under load the catalog may take longer than the storefront waits. */
const inTheEnd = { timeout: 10_000 }

let relay: Relay
beforeEach(async () => {
  const env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(await freePort()) }
  relay = use(await openRelay(use(await startService('catalog', env)).port))
})

async function start(env: Record<string, string> = {}) {
  const storefront = await startStorefront({ CATALOG_URL: relay.url, ...env })
  return { ...storefront, look: (id: string | number) => ask(`${storefront.url}/albums/${id}`) }
}

test('is shown as the catalog has it; another one is not found', async () => {
  const storefront = await start()
  await expect.poll(() => storefront.look(10), inTheEnd).toMatchObject(isDog)
  await expect.poll(() => storefront.look(99), inTheEnd).toEqual(problem(404))
  await expect.poll(() => storefront.look('..%2Feffects'), inTheEnd).toEqual(problem(404))
})

test.for(['gone', 'hanging'] as const)(
  'is refused cleanly while the catalog is %s, and shown again after',
  async (how) => {
    const storefront = await start()
    if (how === 'gone') await relay.refuse()
    else relay.mode = 'silent'
    for (let i = 0; i < 7; i++) expect(await storefront.look(10)).toEqual(comeBackLater)
    expect((await ask(`${storefront.url}/healthz`)).body.dependencies).toMatchObject({ catalog: 'down', auth: 'up' })
    expect(await storefront.read(1)).toMatchObject({ status: 200 })
    if (how === 'gone') await relay.accept()
    else relay.mode = 'pass'
    await expect.poll(() => storefront.look(10), inTheEnd).toMatchObject(isDog)
    expect((await ask(`${storefront.url}/healthz`)).body.dependencies).toMatchObject({ catalog: 'up' })
  },
)

test('is refused as long as the catalog says', async () => {
  const busy = use(await answerWith(503, { title: 'later' }, { 'retry-after': '7' }))
  const storefront = await start({ CATALOG_URL: busy.url })
  expect(await storefront.look(10)).toEqual(problem(503, { 'retry-after': '7' }))
})

/** Many ask for articles whose comments hang, then one for an album: who is answered first? */
async function firstAnswered(defects: string): Promise<'album' | 'article'> {
  const hanging = use(await openRelay(use(await startService('comments')).port))
  hanging.mode = 'silent'
  const quick = use(await answerWith(200, dog))
  const storefront = await start({ COMMENTS_URL: hanging.url, CATALOG_URL: quick.url, DEFECTS: defects })
  await expect.poll(() => storefront.look(10), inTheEnd).toMatchObject(isDog)
  const articles = Array.from({ length: 20 }, () => storefront.read(1).then(() => 'article' as const))
  await expect.poll(() => hanging.opened, inTheEnd).toBeGreaterThanOrEqual(4)
  const first = Promise.race([...articles, storefront.look(10).then(() => 'album' as const)])
  await Promise.all(articles)
  return first
}

test('is shown while others wait for comments', async () => {
  // A machine under load may take as long for the album as articles wait for their comments.
  await eventually(async () => expect(await firstAnswered('')).toBe('album'))
})

test('defect shared-pool: waits for the comments of others', async () => {
  expect(await firstAnswered('shared-pool')).toBe('article')
})

test.for(['gone', 'busy'] as const)(
  'defect leaks-upstream-error: tells the outside about the inside when it is %s',
  async (how) => {
    const busy = use(await answerWith(500, {}))
    if (how === 'gone') await relay.refuse()
    const storefront = await start({
      DEFECTS: 'leaks-upstream-error',
      ...(how === 'busy' && { CATALOG_URL: busy.url }),
    })
    const { status, body } = await storefront.look(10)
    expect(status).toBe(503)
    expect(body.detail).toMatch(how === 'gone' ? `ECONNREFUSED 127.0.0.1:${relay.port}` : 'answered with 500')
    expect(body.detail).toMatch(/\n    at .*:\d+:\d+/)
  },
)
