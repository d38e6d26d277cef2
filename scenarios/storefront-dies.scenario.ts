/**
 * One of the two storefronts is killed in the middle of its work. The balancer notices by the first request that fails,
 * asks the other one, and leaves the dead one alone; sessions are not lost, because no storefront keeps any.
 */
import { defineScenario, kill, latency, one, recovers, share } from 'brownout'

export default defineScenario({
  title: 'Nobody notices that a storefront died',
  load: {
    rate: 100,
    mix: {
      'browser → storefront / read an article': 2,
      'browser → storefront / see who I am': 2,
      'browser → storefront / log in': 1,
      'browser → storefront / ask for what is not there': 1,
    },
  },
  faults: [kill(one('storefront'))],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('full').atLeast(0.95), latency('p95').atMost('500ms')],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2s', during: '3s', after: '4s' },
})
