/**
 * Comments come late, but not so late that anybody gives up on them: every article holds its place in the storefront a little
 * longer. Albums have places of their own, so whoever looks at one notices nothing.
 */
import { defineScenario, isolated, latency, recovers, share } from 'brownout'

const article = 'browser → storefront / read an article'
const album = 'browser → storefront / look at an album'

export default defineScenario({
  title: 'Slow comments never slow albums',
  load: { rate: 140, mix: { [article]: 1, [album]: 1 } },
  faults: [latency('storefront → comments', '150ms')],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('broken').atMost(0.05),
      share('full', { of: article }).atLeast(0.7),
      share('full', { of: album }).atLeast(0.9),
      isolated(album),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2500ms', during: '3s', after: '4s' },
})
