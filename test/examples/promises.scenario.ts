import {
  amplification,
  defineScenario,
  eventually,
  get,
  isolated,
  latency,
  never,
  none,
  recovers,
  share,
  timeout,
} from 'brownout'
import { z } from 'zod'

const order = 'browser → storefront / order an album'
const album = 'browser → storefront / look at an album'
const effects = get('orders', '/effects')
const Nothing = z.looseObject({ ordersWithoutJob: z.literal(0) })
const Twice = z.looseObject({ keysWithSeveralOrders: z.number().min(1) })

export default defineScenario({
  title: 'Every promise there is',
  load: { rate: 100, mix: { [order]: 2, [album]: 3 } },
  faults: [timeout('storefront → orders')],
  promises: {
    before: [share('full').atLeast(0.95), latency('p95').atMost('200ms')],
    during: [
      share('broken').atMost(0.05),
      share('refused', { of: order }).atLeast(0.8),
      none('broken', { of: album }),
      isolated(album),
      amplification('storefront → orders').atMost(2),
    ],
    after: [
      recovers({ within: '3s' }),
      eventually('every order has a print job', effects, Nothing, { within: '4s' }),
      never('a key makes two orders', effects, Twice),
    ],
  },
})
