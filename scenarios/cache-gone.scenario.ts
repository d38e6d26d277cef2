/**
 * The cache refuses connections, then goes silent. Albums come from the store, which is slow and takes few at a time: however
 * many customers look at an album, it is read once for all of them.
 */
import { defineScenario, down, get, never, recovers, share, timeout } from 'brownout'
import { z } from 'zod'

const album = 'browser → storefront / look at an album'

export default defineScenario({
  title: 'Albums outlive their cache',
  load: { rate: 100, mix: { [album]: 7, 'browser → storefront / read an article': 3 } },
  faults: [down('catalog → redis', { for: '1500ms' }), timeout('catalog → redis', { from: '1700ms' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [
      share('full', { of: album }).atLeast(0.9),
      share('broken').atMost(0.05),
      never(
        'one album is read several times at once',
        get('catalog', '/effects'),
        z.looseObject({ mostReadsOfOneAlbumAtOnce: z.number().min(2) }),
      ),
    ],
    after: [recovers({ within: '3s' })],
  },
  phases: { before: '2s', during: '3500ms', after: '4s' },
})
