/**
 * Redis restarts and refuses connections. Nobody is kept from logging in: the session is kept by auth and written later, and
 * the answer says so. Who is logged in already cannot be looked up; that is said quickly and cleanly, with a time to come back.
 */
import { defineScenario, down, latency, recovers, share } from 'brownout'

const login = 'browser → storefront / log in'
const article = 'browser → storefront / read an article'
const me = 'browser → storefront / see who I am'

export default defineScenario({
  title: 'Customers log in while Redis refuses connections',
  load: { rate: 100, mix: { [login]: 3, [article]: 1, [me]: 1 } },
  faults: [down('auth → redis')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('broken').atMost(0.05),
      share('reduced', { of: login }).atLeast(0.9),
      share('refused', { of: me }).atLeast(0.85),
      share('full', { of: article }).atLeast(0.85),
      latency('p95').atMost('500ms'),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2s', during: '3s', after: '4s' },
})
