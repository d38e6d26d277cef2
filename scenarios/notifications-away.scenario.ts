/**
 * At first notifications are refused; then they are carried out and their replies are lost, so that nobody can know whether a
 * customer was told. Orders are taken all the same; what is not confirmed is sent again later, and the customer reads it once.
 */
import { defineScenario, down, eventually, get, never, recovers, share, timeout } from 'brownout'
import { z } from 'zod'

const order = 'browser → storefront / order an album'

export default defineScenario({
  title: 'Orders go on without notifications',
  load: { rate: 100, mix: { [order]: 2, 'browser → storefront / look at an album': 3 } },
  faults: [down('orders → notifications', { for: '1500ms' }), timeout('orders → notifications', { from: '1700ms' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('full', { of: order }).atLeast(0.9), share('broken').atMost(0.05)],
    after: [
      recovers({ within: '3s' }),
      eventually(
        'no message waits for long',
        get('orders', '/effects'),
        z.looseObject({ oldestMessageMs: z.number().max(1_000) }),
      ),
      eventually(
        'every message has arrived',
        get('notifications', '/effects'),
        z.looseObject({ missing: z.literal(0) }),
      ),
      never(
        'a customer is told twice',
        get('notifications', '/effects'),
        z.looseObject({ sentTwice: z.number().min(1) }),
      ),
    ],
  },
  phases: { before: '2s', during: '3500ms', after: '4s' },
})
