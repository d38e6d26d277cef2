import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineSystem, host, http, node, own, port, redis, url } from 'brownout'
import { customers } from './contracts/customers.ts'

const itself = { HOST: own('host'), PORT: own('port'), INSTANCE: own('name') }
const itsData = { DATA: own('folder') }
const ready = http('/healthz')

/** The photo shop; services/README.md draws it. */
export default defineSystem({
  name: 'photo shop',

  services: {
    redis: redis(),
    comments: node('services/comments/main.ts', { env: itself, ready }),
    auth: node('services/auth/main.ts', {
      env: { ...itself, REDIS_HOST: host('redis'), REDIS_PORT: port('redis') },
      ready,
    }),
    catalog: node('services/catalog/main.ts', {
      env: { ...itself, ...itsData, REDIS_HOST: host('redis'), REDIS_PORT: port('redis') },
      ready,
    }),
    notifications: node('services/notifications/main.ts', { env: { ...itself, ...itsData }, ready }),
    orders: node('services/orders/main.ts', {
      env: { ...itself, ...itsData, NOTIFICATIONS_URL: url('notifications') },
      ready,
    }),
    imaging: node('services/imaging/main.ts', { replicas: 2, env: { ...itself, ORDERS_URL: url('orders') }, ready }),
    storefront: node('services/storefront/main.ts', {
      replicas: 2,
      env: {
        ...itself,
        COMMENTS_URL: url('comments'),
        AUTH_URL: url('auth'),
        CATALOG_URL: url('catalog'),
        ORDERS_URL: url('orders'),
        IMAGING_URLS: url('imaging'),
      },
      ready,
    }),
    balancer: node('services/balancer/main.ts', {
      env: { ...itself, STOREFRONT_URLS: url('storefront') },
      ready,
    }),
  },

  doors: { storefront: 'balancer' },

  states: {
    'a customer is logged in': async (context) => {
      const rows = []
      for (const customer of customers) rows.push(await logIn(context.url('storefront'), customer))
      return rows
    },
    'order keys nobody has used': async () => orderKeys(1_000),
    'a key that an order was placed under': async (context) => {
      const key = randomUUID()
      await order(context.url('orders'), key)
      return { key }
    },
    'no print job is waiting': async (context) => allPrinted(context.url('orders')),
    'a print job is waiting': async (context) => void (await orderMany(context.url('orders'))),
    'a print job is leased': async (context) => {
      await orderMany(context.url('orders'))
      const { job } = await post(`${context.url('orders')}/jobs/claim`, { worker: 'a contract' })
      const { id, lease } = job as { id: number; lease: string }
      return { id, lease }
    },
  },

  variants: variantsOf({
    auth: ['awaits-redis'],
    balancer: ['keeps-dead-instance'],
    catalog: ['cache-required', 'health-lies', 'needs-redis-at-boot', 'stampede'],
    imaging: ['acks-early', 'renders-twice'],
    notifications: ['forgets-ids'],
    orders: ['commits-after-reply', 'not-idempotent', 'notifies-inline'],
    storefront: [
      'breaker-stays-open',
      'comments-required',
      'drops-on-shutdown',
      'endless-retries',
      'in-memory-sessions',
      'leaks-upstream-error',
      'no-timeout',
      'proxies-unknown-paths',
      'shared-pool',
      'wrong-fallback',
    ],
  }),
})

/** `{ 'auth.awaits-redis': { auth: { DEFECTS: 'awaits-redis' } }, … }` */
function variantsOf(defects: Record<string, readonly string[]>) {
  const named = ([service, names]: [string, readonly string[]]) =>
    names.map((name) => [`${service}.${name}`, { [service]: { DEFECTS: name } }] as const)
  return Object.fromEntries(Object.entries(defects).flatMap(named))
}

/** Every fourth is one from 190 orders before: at 40 a second, a customer who asks again after almost five seconds. */
function orderKeys(count: number) {
  const keys = Array.from({ length: count }, () => randomUUID())
  return keys.map((key, index) => ({ key: index % 4 === 3 ? (keys[index - 190] ?? key) : key }))
}

/** More than both imaging instances take at once: one waits for whoever asks. */
async function orderMany(orders: string): Promise<void> {
  await Promise.all(Array.from({ length: 80 }, () => order(orders, randomUUID())))
}

async function allPrinted(orders: string): Promise<void> {
  for (let asked = 0; asked < 200; asked++) {
    const { jobsWaiting } = (await (await fetch(`${orders}/effects`)).json()) as { jobsWaiting: number }
    if (jobsWaiting === 0) return
    await sleep(25)
  }
  throw new Error('print jobs are waiting, and nobody prints them')
}

function order(orders: string, key: string): Promise<Record<string, unknown>> {
  return post(`${orders}/orders`, { album: 1, copies: 1 }, { 'idempotency-key': key })
}

async function post(
  target: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  })
  if (!response.ok) throw new Error(`${target} answered with ${response.status}`)
  return (await response.json()) as Record<string, unknown>
}

/**
 * A token, and the cookie by which the balancer knows the instance that gave it. A shop that was just started may need a
 * second try.
 */
async function logIn(storefront: string, customer: { user: string; password: string }) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${storefront}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(customer),
      signal: AbortSignal.timeout(5_000),
    })
    if (response.ok) {
      const { token } = (await response.json()) as { token: string }
      const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
      return { token, cookie }
    }
    if (attempt === 5) throw new Error(`logging ${customer.user} in was answered with ${response.status}`)
    await sleep(300)
  }
}
