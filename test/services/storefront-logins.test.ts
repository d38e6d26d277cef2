import { beforeEach, expect, test } from 'vitest'
import { ask, comeBackLater, post, problem } from './answers.ts'
import { answerWith } from './fake.ts'
import { eventually, freePort, type Running, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

let auth: Running
let relay: Relay
beforeEach(async () => {
  auth = use(await startService('auth', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(await freePort()) }))
  relay = use(await openRelay(auth.port))
})
const start = (defects = '') => startStorefront({ AUTH_URL: relay.url, DEFECTS: defects })

test('gives a token that says who it is, at every copy of the storefront', async () => {
  const [one, other] = await Promise.all([start(), start()])
  const { status, body } = await one.logIn()
  expect({ status, body }).toEqual({
    status: 200,
    body: { token: expect.any(String), user: 'ada', session: 'deferred' },
  })
  expect(await one.whoAmI(body.token)).toMatchObject({ status: 200, body: { user: 'ada' } })
  expect(await other.whoAmI(body.token)).toMatchObject({ status: 200, body: { user: 'ada' } })
})

test('is refused to whom auth does not know', async () => {
  const storefront = await start()
  expect(await post(`${storefront.url}/login`, { user: 'ada', password: 'wrong' })).toEqual(problem(401))
  expect(await post(`${storefront.url}/login`, { user: 'ada' })).toEqual(problem(400))
  expect(await ask(`${storefront.url}/login`, { method: 'POST' })).toEqual(problem(400))
  expect(await ask(`${storefront.url}/me`)).toEqual(problem(401))
})

test('an unknown token is 401 when auth says so, and 503 with a time to come back when auth cannot say', async () => {
  const storefront = await start()
  // This auth has no Redis.
  const unsure = await storefront.whoAmI('nobodys-token')
  expect(unsure).toEqual(comeBackLater)

  const sure = use(await answerWith(404, { title: 'no' }))
  expect(await (await startStorefront({ AUTH_URL: sure.url })).whoAmI('nobodys-token')).toEqual(problem(401))

  const busy = use(await answerWith(503, { title: 'later' }, { 'retry-after': '7' }))
  const later = await (await startStorefront({ AUTH_URL: busy.url })).whoAmI('nobodys-token')
  expect(later).toEqual(problem(503, { 'retry-after': '7' }))
})

test('many refusals of auth do not keep customers from logging in', async () => {
  const storefront = await start()
  for (let i = 0; i < 10; i++) expect(await storefront.whoAmI('nobodys-token')).toEqual(problem(503))
  expect(await storefront.logIn()).toMatchObject({ status: 200 })
})

test.for(['gone', 'hanging'] as const)('is refused cleanly while auth is %s, and possible again after', async (how) => {
  const storefront = await start()
  const token = (await storefront.logIn()).body.token
  if (how === 'gone') await relay.refuse()
  else relay.mode = 'silent'
  for (let i = 0; i < 8; i++) {
    for (const answer of [await storefront.logIn(), await storefront.whoAmI(token)]) {
      expect(answer).toEqual(comeBackLater)
    }
  }
  expect(await storefront.read(1)).toMatchObject({ status: 200 })
  if (how === 'gone') await relay.accept()
  else relay.mode = 'pass'
  await eventually(async () => expect(await storefront.logIn()).toMatchObject({ status: 200 }))
  expect(await storefront.whoAmI(token)).toMatchObject({ status: 200, body: { user: 'ada' } })
})

test('defect in-memory-sessions: only the copy that served the login knows it', async () => {
  const [one, other] = await Promise.all([start('in-memory-sessions'), start('in-memory-sessions')])
  const { token } = (await one.logIn()).body
  expect(await one.whoAmI(token)).toMatchObject({ status: 200, body: { user: 'ada' } })
  expect(await other.whoAmI(token)).toEqual(problem(401))
})
