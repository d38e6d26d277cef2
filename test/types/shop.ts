/**
 * Compiled with the names of the shop (tsconfig.shop.json), never run: each line that is expected to be red is one, or the
 * compiler complains.
 */
import { amplification, defineContract, defineScenario, down, isolated, kill, latency, one, unaffected } from 'brownout'

defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/1' },
      response: {},
      degraded: {
        'comments: unavailable': unaffected(),
        'auth → redis: *': unaffected(),
        'auth -> redis: slow': unaffected(),
        // @ts-expect-error There is no such service.
        'coments: unavailable': unaffected(),
      },
    },
  },
})

defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/1' },
      response: {},
      // @ts-expect-error There is no such condition.
      degraded: { 'comments: unavailabel': unaffected() },
    },
  },
})

defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/1' },
      // @ts-expect-error There is no such demand.
      response: { witihn: '1s' },
    },
  },
})

defineScenario({
  title: 'names',
  load: {
    rate: 1,
    mix: {
      'browser → storefront / read an article': 1,
      // @ts-expect-error There is no such interaction.
      'browser → storefront / read an artcle': 1,
    },
  },
  faults: [
    down('redis'),
    down('auth → redis'),
    latency('storefront → comments', '1s'),
    kill(one('imaging')),
    kill('storefront#2'),
    // @ts-expect-error There is no such service.
    down('reddis'),
    // @ts-expect-error There is no such service.
    latency('storefront → coments', '1s'),
    // @ts-expect-error There is no such service.
    kill(one('imagin')),
  ],
  promises: {
    during: [
      isolated('browser → storefront / log in'),
      amplification('storefront → comments').atMost(2),
      latency('p95').atMost('1s'),
      // @ts-expect-error There is no such interaction.
      isolated('browser → storefront / login'),
      // @ts-expect-error That is no edge.
      amplification('comments').atMost(2),
    ],
  },
})
