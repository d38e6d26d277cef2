/**
 * Orders are taken and the reply never arrives. The storefront asks again with the same key, and so does the customer, seconds
 * later: the load sends every fourth key a second time. However often it was sent, it is one order with one print job.
 */
import { defineScenario, eventually, get, never, recovers, share, timeout } from 'brownout'
import { z } from 'zod'

const order = 'browser → storefront / order an album'
const effects = get('orders', '/effects')

export default defineScenario({
  title: 'An order whose reply is lost is one order',
  load: { rate: 100, mix: { [order]: 2, 'browser → storefront / look at an album': 3 } },
  faults: [timeout('storefront → orders')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('refused', { of: order }).atLeast(0.8), share('broken').atMost(0.05)],
    after: [
      recovers({ within: '3s' }),
      eventually('every order has a print job', effects, z.looseObject({ ordersWithoutJob: z.literal(0) })),
      never('an order has two print jobs', effects, z.looseObject({ ordersWithSeveralJobs: z.number().min(1) })),
      never('a key makes two orders', effects, z.looseObject({ keysWithSeveralOrders: z.number().min(1) })),
    ],
  },
  phases: { before: '2s', during: '3s', after: '4500ms' },
})
