/**
 * A new version of the storefront is rolled out: one instance ends, starts again, then the other. Whoever ends finishes what
 * it has begun and lets the balancer go elsewhere; no request is lost, not even a login, which cannot simply be sent again.
 */
import { defineScenario, latency, restart, share } from 'brownout'

export default defineScenario({
  title: 'A rolling restart loses no request',
  load: {
    rate: 160,
    mix: { 'browser → storefront / log in': 3, 'browser → storefront / read an article': 2 },
  },
  faults: [restart('storefront')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('full').atLeast(0.98), latency('p95').atMost('500ms')],
    after: [share('full').atLeast(0.95)],
  },
  phases: { before: '2s', during: '4s', after: '2s' },
})
