import { defineSystem, host, http, node, own, port, program, redis, url } from 'brownout'

export default defineSystem({
  name: 'article shop',
  services: {
    balancer: program(['haproxy', '-f', 'balancer.cfg'], {
      env: { PORT: own('port'), STOREFRONTS: url('storefront', { separator: ' ' }) },
      port: 8080,
    }),
    storefront: node('services/storefront/main.ts', {
      replicas: 2,
      env: { PORT: own('port'), NAME: own('name'), COMMENTS_URL: url('comments'), AUTH_URL: url('auth') },
      ready: http('/healthz'),
    }),
    comments: node('services/comments/main.ts', { env: { PORT: own('port') }, ready: http('/healthz') }),
    auth: node('services/auth/main.ts', {
      env: { PORT: own('port'), REDIS_HOST: host('redis'), REDIS_PORT: port('redis') },
      ready: http('/healthz'),
      readyWithin: '5s',
    }),
    redis: redis(),
  },
  doors: { storefront: 'balancer' },
  states: {
    'an article has comments': async ({ url: base }) => {
      const answer = await fetch(`${base('storefront')}/articles`, { method: 'POST', body: '{}' })
      return { id: await answer.text() }
    },
  },
  variants: {
    'auth.awaits-redis': { auth: { DEFECTS: 'awaits-redis' } },
  },
})
