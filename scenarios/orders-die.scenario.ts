/**
 * Orders is killed in the middle of taking some, and started again. What a customer was told is taken is on disk: numbers are
 * taken from there too, and without gaps, so an order that got lost would leave one.
 */
import { defineScenario, eventually, get, kill, recovers, share } from 'brownout'
import { z } from 'zod'

const order = 'browser → storefront / order an album'

export default defineScenario({
  title: 'An accepted order survives a crash',
  load: { rate: 100, mix: { [order]: 2, 'browser → storefront / look at an album': 3 } },
  faults: [kill('orders')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('refused', { of: order }).atLeast(0.8), share('broken').atMost(0.05)],
    after: [
      recovers({ within: '3s' }),
      eventually(
        'no accepted order is missing',
        get('orders', '/effects'),
        z.looseObject({ missingOrders: z.literal(0), ordersWithoutJob: z.literal(0) }),
      ),
    ],
  },
  phases: { before: '2s', during: '2500ms', after: '4s' },
})
