/**
 * A day in seconds: in the morning everybody uploads what they photographed, in the evening everybody browses. Neither is
 * slowed by the other.
 */
import { defineScenario, isolated, share, surge } from 'brownout'

const upload = 'browser → storefront / upload a picture'
const album = 'browser → storefront / look at an album'

export default defineScenario({
  title: 'Uploads and browsing leave each other alone',
  load: { rate: 90, mix: { [upload]: 4, [album]: 4, 'browser → storefront / read an article': 1 } },
  faults: [surge(upload, { rate: 40, for: '2s' }), surge(album, { rate: 120, from: '2500ms', for: '2s' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [isolated(album), isolated(upload, { factor: 4 }), share('full').atLeast(0.95)],
    after: [share('full').atLeast(0.95)],
  },
  phases: { before: '2800ms', during: '4500ms', after: '2s' },
})
