import { expect } from 'vitest'
import config from '../../brownout.config.ts'
import { ask } from './answers.ts'
import { eventually, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'

/** The whole shop until the end of the test, with relays where its scenarios have faults. */
export async function startShop(redisPort: number, variant?: string) {
  const overlay = (variant === undefined ? {} : config.variants?.[variant]) as Record<string, Record<string, string>>
  if (!overlay) throw new Error(`there is no variant "${variant}"`)
  const start = async (name: string, env: Record<string, string> = {}) =>
    use(await startService(name, { ...env, ...overlay[name] }))
  const startBehindRelay = async (name: string, env?: Record<string, string>) =>
    use(await openRelay((await start(name, env)).port))

  const redis = use(await openRelay(redisPort))
  const itsRedis = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port) }
  const [auth, comments, catalog, notifications] = await Promise.all([
    start('auth', itsRedis),
    startBehindRelay('comments'),
    startBehindRelay('catalog', itsRedis),
    start('notifications'),
  ])
  const orders = await startBehindRelay('orders', { NOTIFICATIONS_URL: notifications.url })
  const imaging = await startBehindRelay('imaging', { ORDERS_URL: orders.url })
  const addresses = {
    COMMENTS_URL: comments.url,
    AUTH_URL: auth.url,
    CATALOG_URL: catalog.url,
    ORDERS_URL: orders.url,
    IMAGING_URLS: imaging.url,
  }
  const storefronts = await Promise.all([start('storefront', addresses), start('storefront', addresses)])
  const balancer = await start('balancer', { STOREFRONT_URLS: storefronts.map(({ url }) => url).join() })
  for (const { url } of [auth, catalog])
    await eventually(async () =>
      expect((await ask(`${url}/healthz`)).body).toMatchObject({ dependencies: { redis: 'up' } }),
    )
  const services = { auth, comments, catalog, notifications, orders, imaging, storefront: balancer }
  const url = Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.url]))
  return { redis, comments, catalog, orders, imaging, url }
}
