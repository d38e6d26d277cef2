/**
 * At peak, Redis restarts and comes back empty. All albums are asked for at once and none is in the cache: the store is read
 * once for each, not once for each customer, and the cache fills again.
 */
import { defineScenario, eventually, get, latency, never, restart, share, surge } from 'brownout'
import { z } from 'zod'

const album = 'browser → storefront / look at an album'

export default defineScenario({
  title: 'An empty cache at peak is no stampede',
  load: { rate: 80, mix: { [album]: 7, 'browser → storefront / read an article': 3 } },
  faults: [surge(album, { rate: 80 }), restart('redis', { from: '1s' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('full', { of: album }).atLeast(0.95),
      latency('p95').atMost('500ms'),
      never(
        'one album is read several times at once',
        get('catalog', '/effects'),
        z.looseObject({ mostReadsOfOneAlbumAtOnce: z.number().min(2) }),
      ),
    ],
    after: [
      share('full').atLeast(0.95),
      eventually(
        'albums come from the cache again',
        get('catalog', '/effects'),
        z.looseObject({ readsOfTheLastSecond: z.number().max(10) }),
      ),
    ],
  },
  phases: { before: '2s', during: '3500ms', after: '2500ms' },
})
