import {
  defineSystem,
  host,
  http,
  node,
  own,
  port,
  redis,
  type SystemDefinition,
  url,
} from '../../src/system/define.ts'

/** A small shop: two storefronts behind a balancer, and a Redis that two services share. */
export const shopDefinition = {
  name: 'small shop',
  services: {
    balancer: node('balancer.ts', {
      env: { STOREFRONTS: url('storefront'), PORT: own('port') },
      port: 8080,
      ready: http('/healthz'),
    }),
    storefront: node('storefront.ts', {
      replicas: 2,
      env: {
        COMMENTS_URL: url('comments'),
        AUTH_HOST: host('auth'),
        AUTH_PORT: port('auth'),
        NAME: own('name'),
        MODE: 'fast',
      },
      readyWithin: '3s',
    }),
    comments: node('comments.ts', { cwd: 'services', env: { HOST: own('host') } }),
    auth: node('auth.ts', { env: { REDIS_HOST: host('redis'), REDIS_PORT: port('redis') } }),
    redis: redis(),
  },
  doors: { storefront: 'balancer' },
  variants: {
    slow: { storefront: { MODE: 'slow' } },
    'storefront.cached': { storefront: { MODE: 'cached', CACHE: url('redis') } },
    'storefront.alone': { storefront: { COMMENTS_URL: 'http://127.0.0.1:9' } },
  },
} satisfies SystemDefinition

export const shop = defineSystem(shopDefinition)
