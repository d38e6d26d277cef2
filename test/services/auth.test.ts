import { fastify } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { Sessions } from '../../services/auth/sessions.ts'
import { openRedis } from '../../services/chassis/redis.ts'
import { need } from '../parts.ts'
import { ask, comeBackLater, post, problem } from './answers.ts'
import { eventually, freePort, startRedis, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'

const redisUp = { dependencies: { redis: 'up' } }
const ada = { user: 'ada', password: 'matt paper' }

async function startAuth(redisPort: number, env: Record<string, string> = {}) {
  const auth = use(await startService('auth', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redisPort), ...env }))
  return {
    ...auth,
    logIn: () => post(`${auth.url}/login`, ada),
    find: (token: string) => ask(`${auth.url}/sessions/${token}`),
    health: async () => (await ask(`${auth.url}/healthz`)).body,
    unwritten: async () => (await ask(`${auth.url}/effects`)).body.unwritten,
  }
}

describe('without any Redis', () => {
  test('starts, says so, and logs customers in', async () => {
    const auth = await startAuth(await freePort())
    expect(await auth.health()).toMatchObject({ status: 'ok', dependencies: { redis: 'down' } })
    const { status, body } = await auth.logIn()
    expect({ status, body }).toEqual({
      status: 200,
      body: { token: expect.stringMatching(/^[\w-]{24}$/), user: 'ada', session: 'deferred' },
    })
    expect(await auth.unwritten()).toBe(1)
    expect(await auth.find(body.token)).toMatchObject({ status: 200, body: { user: 'ada' } })
  })

  test('refuses cleanly to look up a session that it does not hold itself', async () => {
    const auth = await startAuth(await freePort())
    const answer = await auth.find('somebody-elses-token')
    expect(answer).toEqual(comeBackLater)
  })

  test('knows its customers', async () => {
    const auth = await startAuth(await freePort())
    expect(await post(`${auth.url}/login`, { user: 'ada', password: 'wrong' })).toEqual(problem(401))
    expect(await post(`${auth.url}/login`, { user: 'ada' })).toEqual(problem(400))
    expect(await post(`${auth.url}/login`, null)).toEqual(problem(400))
    const json = { 'content-type': 'application/json' }
    expect(await ask(`${auth.url}/login`, { method: 'POST', headers: json, body: '{' })).toEqual(problem(400))
  })
})

describe('with Redis', () => {
  let relay: Relay
  beforeEach(async (ctx) => {
    const redis = use(await startRedis(need(ctx, 'redis-server')))
    relay = use(await openRelay(redis.port))
  })

  test('stores sessions, for every copy of itself', async () => {
    const [auth, other] = await Promise.all([startAuth(relay.port), startAuth(relay.port)])
    await eventually(async () => expect(await auth.health()).toMatchObject(redisUp))
    await eventually(async () => expect(await other.health()).toMatchObject(redisUp))
    const { body } = await eventuallyStored(auth)
    expect(await other.find(body.token)).toMatchObject({ status: 200, body: { user: 'ada' } })
    expect(await auth.find('nobodys-token')).toEqual(problem(404))
  })

  test.for(['refusing', 'hanging', 'slow'] as const)('logs in while it is %s, and writes later', async (trouble) => {
    const [auth, other] = await Promise.all([startAuth(relay.port), startAuth(relay.port)])
    const { body: before } = await eventuallyStored(auth)

    if (trouble === 'refusing') await relay.refuse()
    else relay.mode = trouble === 'hanging' ? 'silent' : { lateMs: 2_000 }

    const during = await Promise.all(Array.from({ length: 20 }, () => auth.logIn()))
    for (const { status, body } of during) expect([status, body.session]).toEqual([200, 'deferred'])
    expect(await auth.find(during[0]?.body.token)).toMatchObject({ status: 200, body: { user: 'ada' } })
    const asked = performance.now()
    const refused = await auth.find(before.token)
    expect(refused).toEqual(comeBackLater)
    expect(performance.now() - asked).toBeLessThan(2_000)

    if (trouble === 'refusing') await relay.accept()
    else relay.mode = 'pass'

    await eventually(async () => expect(await auth.health()).toMatchObject(redisUp))
    await eventually(async () => expect(await auth.unwritten()).toBe(0))
    await eventuallyStored(auth)
    for (const { body } of during) {
      await eventually(async () => expect(await other.find(body.token)).toMatchObject({ status: 200 }))
    }
    expect(await auth.find(before.token)).toMatchObject({ status: 200 })
  })

  test('gives a silent connection up for a new one', async () => {
    const auth = await startAuth(relay.port)
    await eventuallyStored(auth)
    const { opened } = relay
    relay.mode = 'silent'
    await auth.logIn()
    await eventually(() => expect(relay.opened).toBeGreaterThan(opened + 1))
    expect(await auth.health()).toMatchObject({ dependencies: { redis: 'down' } })
  })

  test('comes to know a Redis that was not there at its start', async () => {
    await relay.refuse()
    const auth = await startAuth(relay.port)
    expect(await auth.logIn()).toMatchObject({ body: { session: 'deferred' } })
    await relay.accept()
    await eventually(async () => expect(await auth.health()).toMatchObject(redisUp))
    await eventually(async () => expect(await auth.unwritten()).toBe(0))
  })

  /** Ends with 500 sessions deferred, in the moment in which Redis is back; resolves with how many were not written. */
  async function endWithMany(): Promise<number> {
    const { log } = fastify()
    const redis = openRedis({ host: '127.0.0.1', port: relay.port, limitMs: 200, log })
    const sessions = new Sessions(redis, log)
    await relay.refuse()
    await eventually(() => expect(redis.health).toBe('down'))
    for (let i = 0; i < 500; i++) expect(await sessions.keep(`token-${i}`, 'ada')).toBe('deferred')
    await relay.accept()
    await expect.poll(() => redis.health, { timeout: 10_000, interval: 2 }).toBe('up')
    await sessions.close()
    redis.close()
    return sessions.unwritten
  }

  test('writes what waits before it ends', async () => {
    // On a machine under load Redis may take longer than a write is given.
    await eventually(async () => expect(await endWithMany()).toBe(0))
    const auth = await startAuth(relay.port)
    for (const index of [0, 250, 499])
      await eventually(async () => expect(await auth.find(`token-${index}`)).toMatchObject({ status: 200 }))
  })

  test('ends though Redis is away', async () => {
    const auth = await startAuth(relay.port)
    await eventuallyStored(auth)
    relay.mode = 'silent'
    expect(await auth.logIn()).toMatchObject({ status: 200, body: { session: 'deferred' } })
    expect(await auth.stop()).toBe(0)
  })

  test.for(['refusing', 'hanging'] as const)('defect awaits-redis: no login while it is %s', async (trouble) => {
    const auth = await startAuth(relay.port, { DEFECTS: 'awaits-redis' })
    expect(await auth.logIn()).toMatchObject({ status: 200, body: { session: 'stored' } })
    if (trouble === 'refusing') await relay.refuse()
    else relay.mode = 'silent'
    const impatient = { signal: AbortSignal.timeout(1_500) }
    await expect(post(`${auth.url}/login`, ada, impatient)).rejects.toThrow(/timeout/i)
  })
})

/** A machine under load may take longer than a login's budget; the session is then deferred, and that is right. */
function eventuallyStored(auth: { logIn(): ReturnType<typeof ask> }) {
  return eventually(async () => {
    const answer = await auth.logIn()
    expect(answer).toMatchObject({ status: 200, body: { session: 'stored' } })
    return answer
  })
}
