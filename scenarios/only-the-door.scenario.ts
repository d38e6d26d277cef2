/**
 * Behind the door, two services refuse connections. What the door says of it names no address and no file: the contract of
 * every refusal is strict. And whatever path is tried, the inner services cannot be reached by way of the door.
 */
import { defineScenario, down, eventually, get, recovers, share } from 'brownout'
import { z } from 'zod'

const album = 'browser → storefront / look at an album'
const nothingHere = z.strictObject({
  type: z.string(),
  title: z.literal('Not Found'),
  status: z.literal(404),
  detail: z.string(),
  requestId: z.string(),
})
const closed = (path: string) =>
  eventually(`the door is closed to ${path}`, get('storefront', path, { status: 404 }), nothingHere)

export default defineScenario({
  title: 'Only the door is open',
  load: { rate: 100, mix: { [album]: 5, 'browser → storefront / read an article': 5 } },
  faults: [down('storefront → catalog'), down('storefront → comments')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('refused', { of: album }).atLeast(0.85),
      share('broken').atMost(0.05),
      ...['/auth/healthz', '/orders/effects', '/imaging/effects', '/effects', '/internal'].map(closed),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2s', during: '3s', after: '4s' },
})
