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

  const redis = use(await openRelay(redisPort))
  const auth = await start('auth', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port) })
  const comments = use(await openRelay((await start('comments')).port))
  const addresses = { COMMENTS_URL: comments.url, AUTH_URL: auth.url }
  const storefronts = await Promise.all([start('storefront', addresses), start('storefront', addresses)])
  const balancer = await start('balancer', { STOREFRONT_URLS: storefronts.map(({ url }) => url).join() })
  await eventually(async () =>
    expect((await ask(`${auth.url}/healthz`)).body).toMatchObject({ dependencies: { redis: 'up' } }),
  )
  return { redis, comments, url: { auth: auth.url, comments: comments.url, storefront: balancer.url } }
}
