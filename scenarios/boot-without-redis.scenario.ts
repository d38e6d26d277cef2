/**
 * Redis is away, and just then its users are deployed. They start without it, do their work as well as it can be done, say
 * what they lack, and need nobody to restart them once it is back.
 */
import { defineScenario, down, eventually, get, recovers, restart, share } from 'brownout'
import { z } from 'zod'

const album = 'browser → storefront / look at an album'
const login = 'browser → storefront / log in'
const redisIs = (state: 'up' | 'down') => z.looseObject({ dependencies: z.looseObject({ redis: z.literal(state) }) })
/** So that it is the one that started without Redis who says it. */
const startedWithout = redisIs('down').extend({ upMs: z.number().max(5_000) })

export default defineScenario({
  title: 'Services start without Redis',
  load: {
    rate: 100,
    mix: { [album]: 4, [login]: 3, 'browser → storefront / read an article': 3 },
  },
  faults: [down('redis'), restart('catalog', { from: '200ms' }), restart('auth', { from: '200ms' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('broken').atMost(0.05),
      share('full', { of: album }).atLeast(0.2),
      share('reduced', { of: login }).atLeast(0.2),
      eventually('catalog says what it lacks', get('catalog', '/healthz'), startedWithout),
      eventually('auth says what it lacks', get('auth', '/healthz'), startedWithout),
    ],
    after: [
      recovers({ within: '3s' }),
      eventually('catalog has it back', get('catalog', '/healthz'), redisIs('up')),
      eventually('auth has it back', get('auth', '/healthz'), redisIs('up')),
    ],
  },
  phases: { before: '2s', during: '5s', after: '4s' },
})
