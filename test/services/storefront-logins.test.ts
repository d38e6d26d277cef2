import { beforeEach, expect, test } from 'vitest'
import { ask, comeBackLater, post, problem } from './answers.ts'
import { answerWith } from './fake.ts'
import { freePort, type Running, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'
import { startStorefront, tokenFrom } from './storefronts.ts'

let auth: Running
let relay: Relay
beforeEach(async () => {
  auth = use(await startService('auth', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(await freePort()) }))
  relay = use(await openRelay(auth.port))
})
const start = (defects = '') => startStorefront({ AUTH_URL: relay.url, DEFECTS: defects })

/** On a machine under load auth may take longer than the storefront waits; so what it is to say is said in the end. */
const inTheEnd = { timeout: 10_000 }

const isAda = { status: 200, body: { user: 'ada' } }

test('gives a token that says who it is, at every copy of the storefront', async () => {
  const [one, other] = await Promise.all([start(), start()])
  const token = await tokenFrom(one)
  await expect.poll(() => one.whoAmI(token), inTheEnd).toMatchObject(isAda)
  await expect.poll(() => other.whoAmI(token), inTheEnd).toMatchObject(isAda)
  expect(await ask(`${one.url}/me`)).toEqual(problem(401))
})

test('is refused to whom auth does not know', async () => {
  const { url } = await start()
  await expect
    .poll(() => post(`${url}/login`, { user: 'ada', password: 'wrong' }), inTheEnd)
    .toMatchObject(problem(401))
  await expect.poll(() => post(`${url}/login`, { user: 'ada' }), inTheEnd).toMatchObject(problem(400))
  await expect.poll(() => ask(`${url}/login`, { method: 'POST' }), inTheEnd).toMatchObject(problem(400))
})

test('an unknown token is 401 when auth says so, and 503 with a time to come back when auth cannot say', async () => {
  // This auth has no Redis.
  expect(await (await start()).whoAmI('nobodys-token')).toEqual(comeBackLater)

  const sure = use(await answerWith(404, { title: 'no' }))
  const withSure = await startStorefront({ AUTH_URL: sure.url })
  await expect.poll(() => withSure.whoAmI('nobodys-token'), inTheEnd).toMatchObject(problem(401))

  const busy = use(await answerWith(503, { title: 'later' }, { 'retry-after': '7' }))
  const withBusy = await startStorefront({ AUTH_URL: busy.url })
  await expect
    .poll(() => withBusy.whoAmI('nobodys-token'), inTheEnd)
    .toMatchObject(problem(503, { 'retry-after': '7' }))
})

test('many refusals of auth do not keep customers from logging in', async () => {
  const busy = use(await answerWith(503, { title: 'later' }, { 'retry-after': '7' }))
  const storefront = await startStorefront({ AUTH_URL: busy.url })
  for (let i = 0; i < 20; i++) expect(await storefront.whoAmI('nobodys-token')).toEqual(problem(503))
  // Every one of them reached auth: a refusal is an answer, and opens no breaker.
  expect(busy.requests).toHaveLength(20)
})

test.for(['gone', 'hanging'] as const)('is refused cleanly while auth is %s, and possible again after', async (how) => {
  const storefront = await start()
  const token = await tokenFrom(storefront)
  if (how === 'gone') await relay.refuse()
  else relay.mode = 'silent'
  for (let i = 0; i < 8; i++) {
    expect(await storefront.logIn()).toEqual(comeBackLater)
    expect(await storefront.whoAmI(token)).toEqual(comeBackLater)
  }
  expect(await storefront.read(1)).toMatchObject({ status: 200 })
  if (how === 'gone') await relay.accept()
  else relay.mode = 'pass'
  await tokenFrom(storefront)
  await expect.poll(() => storefront.whoAmI(token), inTheEnd).toMatchObject(isAda)
})

test('defect in-memory-sessions: only the copy that served the login knows it', async () => {
  const [one, other] = await Promise.all([start('in-memory-sessions'), start('in-memory-sessions')])
  const token = await tokenFrom(one)
  expect(await one.whoAmI(token)).toMatchObject(isAda)
  expect(await other.whoAmI(token)).toEqual(problem(401))
})
