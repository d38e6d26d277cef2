/**
 * The comment service takes requests and never answers, which is worse than being gone. The storefront gives up in time,
 * then stops asking for a while: readers do not wait, and the comment service is not beaten while it is down.
 */
import { amplification, defineScenario, latency, recovers, share, timeout } from 'brownout'

const article = 'browser → storefront / read an article'

export default defineScenario({
  title: 'An article outlives hanging comments',
  load: { rate: 100, mix: { [article]: 4, 'browser → storefront / log in': 1 } },
  faults: [timeout('storefront → comments')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('broken').atMost(0.05),
      share('reduced', { of: article }).atLeast(0.9),
      latency('p95').atMost('500ms'),
      amplification('storefront → comments').atMost(2),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2500ms', during: '4s', after: '4s' },
})
