/**
 * The comment service is being deployed and its port is closed for a while. Readers get their articles without comments,
 * and are told so; logging in has nothing to do with it. Once comments listen again, they are back on the page.
 */
import { defineScenario, down, latency, recovers, share } from 'brownout'

const article = 'browser → storefront / read an article'

export default defineScenario({
  title: 'An article outlives refusing comments',
  load: { rate: 100, mix: { [article]: 4, 'browser → storefront / log in': 1 } },
  faults: [down('storefront → comments')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('broken').atMost(0.05),
      share('reduced', { of: article }).atLeast(0.9),
      share('full', { of: 'browser → storefront / log in' }).atLeast(0.85),
      latency('p95').atMost('500ms'),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2s', during: '3s', after: '4s' },
})
