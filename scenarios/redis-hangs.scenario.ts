/**
 * The machine under Redis has gone silent: connections stay open and no command is answered. A login waits a moment for its
 * session to be written, then goes on without; auth soon stops waiting at all. Looking a session up is refused, in time.
 */
import { defineScenario, latency, recovers, share, timeout } from 'brownout'

const login = 'browser → storefront / log in'
const article = 'browser → storefront / read an article'
const me = 'browser → storefront / see who I am'

export default defineScenario({
  title: 'Customers log in while Redis hangs',
  load: { rate: 100, mix: { [login]: 3, [article]: 1, [me]: 1 } },
  faults: [timeout('auth → redis')],
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
