import { setTimeout as sleep } from 'node:timers/promises'
import { defineSystem, host, http, node, own, port, redis, url } from 'brownout'
import { customers } from './contracts/customers.ts'

const itself = { HOST: own('host'), PORT: own('port'), INSTANCE: own('name') }
const ready = http('/healthz')

/** The photo shop: browser → balancer → storefront ×2 → comments, auth → redis. See services/README.md. */
export default defineSystem({
  name: 'photo shop',

  services: {
    redis: redis(),
    comments: node('services/comments/main.ts', { env: itself, ready }),
    auth: node('services/auth/main.ts', {
      env: { ...itself, REDIS_HOST: host('redis'), REDIS_PORT: port('redis') },
      ready,
    }),
    storefront: node('services/storefront/main.ts', {
      replicas: 2,
      env: { ...itself, COMMENTS_URL: url('comments'), AUTH_URL: url('auth') },
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
  },

  variants: {
    'auth.awaits-redis': { auth: { DEFECTS: 'awaits-redis' } },
    'storefront.comments-required': { storefront: { DEFECTS: 'comments-required' } },
    'storefront.no-timeout': { storefront: { DEFECTS: 'no-timeout' } },
    'storefront.wrong-fallback': { storefront: { DEFECTS: 'wrong-fallback' } },
    'storefront.endless-retries': { storefront: { DEFECTS: 'endless-retries' } },
    'storefront.in-memory-sessions': { storefront: { DEFECTS: 'in-memory-sessions' } },
    'balancer.keeps-dead-instance': { balancer: { DEFECTS: 'keeps-dead-instance' } },
  },
})

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
