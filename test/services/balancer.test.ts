import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { ask, comeBackLater, post, problem } from './answers.ts'
import { type Fake, answerWith } from './fake.ts'
import { eventually, freePort, type Running, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'
import { browserAt, startStorefront, tokenFrom } from './storefronts.ts'

let auth: Running
let storefronts: [Running, Running]
/** Before each storefront. */
let relays: [Relay, Relay]

const startOne = (env: Record<string, string> = {}) => startStorefront({ AUTH_URL: auth.url, ...env })

beforeEach(async () => {
  auth = use(await startService('auth', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(await freePort()) }))
  storefronts = await Promise.all([startOne(), startOne()])
  relays = [use(await openRelay(storefronts[0].port)), use(await openRelay(storefronts[1].port))]
})

async function startBalancer(defects = '', urls = relays.map(({ url }) => url)) {
  const balancer = use(await startService('balancer', { STOREFRONT_URLS: urls.join(','), DEFECTS: defects }))
  return { ...balancer, ...browserAt(balancer.url), having: (cookie: string) => browserAt(balancer.url, { cookie }) }
}

/** The instance that answered, as the cookie of an answer to a newcomer says. */
const instanceOf = ({ headers }: { headers: Record<string, string> }) =>
  /^(instance=\d+); Path=\/; HttpOnly; SameSite=Lax$/.exec(headers['set-cookie'] ?? '')?.[1]

test('asks the storefronts in turn, and passes their answers on', async () => {
  const balancer = await startBalancer()
  const answers = [await balancer.read(1), await balancer.read(2), await balancer.read(3), await balancer.read(4)]
  expect(answers.map(instanceOf)).toEqual(['instance=0', 'instance=1', 'instance=0', 'instance=1'])
  expect(answers[3]).toMatchObject({
    status: 200,
    headers: { 'x-degraded': 'comments', 'content-type': expect.stringContaining('application/json') },
    body: { id: 4, commentsUnavailable: true },
  })
  expect(await balancer.read(99)).toEqual(problem(404))
})

test('brings a customer back to the same instance', async () => {
  const balancer = await startBalancer('')
  for (const cookie of ['instance=1', 'a=b; instance=0; c=d']) {
    for (let i = 0; i < 4; i++) {
      const { headers } = await balancer.having(cookie).read(1)
      expect(headers).not.toHaveProperty('set-cookie')
    }
  }
  expect(instanceOf(await balancer.having('instance=7').read(1))).toMatch(/^instance=[01]$/)
  expect(instanceOf(await balancer.having('my-instance=1').read(1))).toMatch(/^instance=[01]$/)
})

test('passes a login on, and what it gave', async () => {
  const balancer = await startBalancer()
  const token = await tokenFrom(balancer)
  for (const cookie of ['instance=0', 'instance=1'])
    await eventually(async () => expect(await balancer.having(cookie).whoAmI(token)).toMatchObject({ status: 200 }))
  expect(await balancer.whoAmI('nobodys-token')).toEqual(comeBackLater)
})

test('passes on what it does not know, and answers for its own health', async () => {
  const stranger = use(await answerWith(404, { title: 'no' }))
  const balancer = await startBalancer('', [stranger.url])
  for (const method of ['GET', 'POST', 'DELETE', 'HEAD'])
    expect(await ask(`${balancer.url}/no/such/page?at=all`, { method })).toMatchObject({ status: 404 })
  expect(stranger.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
    ['GET', 'POST', 'DELETE', 'HEAD'].map((method) => `${method} /no/such/page?at=all`),
  )
  expect(await ask(`${balancer.url}/healthz`)).toMatchObject({
    status: 200,
    body: { status: 'ok', instance: 'balancer', dependencies: { storefront: 'up' } },
  })
  expect(stranger.requests).toHaveLength(4)
})

test('passes the id and the trace on', async () => {
  const storefront: Fake = use(await answerWith(200, {}))
  const balancer = await startBalancer('', [storefront.url])
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const headers = { 'x-request-id': 'run-1-7', traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-other': 'no' }
  await balancer.read(1, { headers })
  expect(storefront.requests[0]?.headers).toMatchObject({
    'x-request-id': 'run-1-7',
    traceparent: expect.stringContaining(traceId),
  })
  expect(storefront.requests[0]?.headers).not.toHaveProperty('x-other')
})

test('loses no GET when a storefront is killed, and uses it again when it is back', async () => {
  const balancer = await startBalancer()
  const token = await tokenFrom(balancer)
  const customer = balancer.having('instance=0')

  const answers: ReturnType<typeof ask>[] = []
  for (let i = 0; i < 150; i++) {
    answers.push(i % 2 ? balancer.read(1) : customer.read(2))
    if (i === 50) void storefronts[0].kill()
    await sleep(20)
  }
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(instanceOf(await customer.read(1))).toBe('instance=1')
  await eventually(async () => expect(await customer.whoAmI(token)).toMatchObject({ status: 200 }))

  await startOne({ PORT: String(storefronts[0].port) })
  await eventually(async () => expect((await customer.read(1)).headers).not.toHaveProperty('set-cookie'))
  await eventually(async () => expect(await customer.whoAmI(token)).toMatchObject({ status: 200 }))
})

test('sends no login to an instance that just failed', async () => {
  const balancer = await startBalancer()
  await tokenFrom(balancer)
  await storefronts[0].kill()
  const customer = balancer.having('instance=0')
  expect(await customer.read(1)).toMatchObject({ status: 200 })
  const { opened } = relays[0]
  // The time of the ejection passes meanwhile: a login is never the trial.
  for (let i = 0; i < 30; i++) {
    await customer.logIn()
    await sleep(50)
  }
  expect(relays[0].opened).toBe(opened)
  await tokenFrom(customer)
})

test('does not send a login twice when it may have been carried out', async () => {
  const balancer = await startBalancer()
  relays[0].mode = 'silent'
  expect(await balancer.having('instance=0').logIn()).toEqual(problem(502))
  expect(relays[1].opened).toBe(0)
})

test('sends a login to the other one when the first takes no connection', async () => {
  const balancer = await startBalancer()
  await relays[0].refuse()
  await tokenFrom(balancer.having('instance=0'))
  expect(relays[1].opened).toBeGreaterThan(0)
})

test('sends an order to the other one, for its key says that it may', async () => {
  const orders = use(await answerWith(201, { order: 1 }))
  storefronts = await Promise.all([startOne({ ORDERS_URL: orders.url }), startOne({ ORDERS_URL: orders.url })])
  const [hanging, other] = [use(await openRelay(storefronts[0].port)), storefronts[1]]
  hanging.mode = 'silent'
  const balancer = await startBalancer('', [hanging.url, other.url])
  const headers = { 'idempotency-key': 'k-1', cookie: 'instance=0' }
  expect(await post(`${balancer.url}/orders`, { album: 1 }, { headers })).toMatchObject({ status: 201 })
  // Both carried it out; that is what the key is for.
  expect(orders.requests.map((request) => request.headers['idempotency-key'])).toEqual(['k-1', 'k-1'])
})

test('asks the other one when a storefront hangs, and leaves it alone', async () => {
  const balancer = await startBalancer()
  relays[0].mode = 'silent'
  expect(await balancer.having('instance=0').read(1)).toMatchObject({ status: 200 })
  const { opened } = relays[0]
  const asked = performance.now()
  for (let i = 0; i < 20; i++) expect(await balancer.having('instance=0').read(1)).toMatchObject({ status: 200 })
  // One trial a second.
  expect(relays[0].opened - opened).toBeLessThanOrEqual(1 + (performance.now() - asked) / 1_000)
})

test('is not troubled by connections that died while they were idle', async () => {
  const balancer = await startBalancer()
  for (let i = 0; i < 5; i++) {
    expect(await balancer.read(1)).toMatchObject({ status: 200 })
    expect(await balancer.read(1)).toMatchObject({ status: 200 })
    for (const relay of relays) relay.cut()
  }
})

/**
 * Logins and articles while each storefront is ended and started again; the statuses of the answers. By the relays a login
 * that comes to a closed port is lost.
 */
async function rollOut(defects = '') {
  if (defects) {
    storefronts = await Promise.all([startOne({ DEFECTS: defects }), startOne({ DEFECTS: defects })])
    relays = [use(await openRelay(storefronts[0].port)), use(await openRelay(storefronts[1].port))]
  }
  const balancer = await startBalancer()
  await tokenFrom(balancer)
  const statuses = new Set<number>()
  const rollout = new AbortController()
  const customers = Array.from({ length: 4 }, async () => {
    while (!rollout.signal.aborted) {
      statuses.add((await balancer.logIn()).status)
      statuses.add((await balancer.read(1)).status)
      await sleep(5)
    }
  })
  for (const storefront of storefronts) {
    expect(await storefront.stop()).toBe(0)
    await startOne({ PORT: String(storefront.port), DEFECTS: defects })
  }
  rollout.abort()
  await Promise.all(customers)
  return [...statuses]
}

test('loses nothing when its storefronts are ended and started again, one after the other', async () => {
  expect(await rollOut()).toEqual([200])
})

test('defect drops-on-shutdown: whoever comes then is turned away', async () => {
  expect(await rollOut('drops-on-shutdown')).toContain(503)
})

test('of two that it doubts, asks the one first that had most time to get well', async () => {
  const balancer = await startBalancer()
  await tokenFrom(balancer)
  await relays[0].refuse()
  expect(await balancer.having('instance=0').read(1)).toMatchObject({ status: 200 })
  await relays[0].accept()
  const customer = balancer.having('instance=1')
  const stopped = storefronts[1].stop()
  await eventually(() => expect(storefronts[1].log.map(({ msg }) => msg)).toContain('closing'))
  expect(await customer.read(1)).toMatchObject({ status: 200 })
  await stopped
  expect(await customer.logIn()).toMatchObject({ status: 200 })
})

test('refuses cleanly when no storefront is left, and goes on when one is back', async () => {
  const balancer = await startBalancer()
  await Promise.all(storefronts.map((storefront) => storefront.kill()))
  for (let i = 0; i < 4; i++) expect(await balancer.read(1)).toEqual(comeBackLater)
  await startOne({ PORT: String(storefronts[1].port) })
  await eventually(async () => expect(await balancer.read(1)).toMatchObject({ status: 200 }))
})

test('defect keeps-dead-instance: every other request fails', async () => {
  const balancer = await startBalancer('keeps-dead-instance')
  expect(await balancer.read(1)).toMatchObject({ status: 200 })
  expect(await balancer.read(1)).toMatchObject({ status: 200 })
  await storefronts[0].kill()
  for (let i = 0; i < 5; i++) {
    expect(await balancer.read(1)).toEqual(problem(502))
    expect(await balancer.read(1)).toMatchObject({ status: 200 })
  }
})
