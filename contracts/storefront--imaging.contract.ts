import { defineContract, unaffected } from 'brownout'
import { z } from 'zod'

const Thumbnail = z.object({
  picture: z.string().regex(/^[0-9a-f]{64}$/),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
})

export default defineContract({
  consumer: 'storefront',
  provider: 'imaging',
  interactions: {
    'make a thumbnail': {
      request: { method: 'POST', path: '/pictures', body: { name: '{name}', width: '{width}', height: '{height}' } },
      parameters: { name: 'lake', width: 320, height: 240 },
      rows: [
        { name: 'lake', width: 320, height: 240 },
        { name: 'the old kitchen', width: 240, height: 320 },
      ],
      // The storefront hangs up after 300 ms.
      response: { status: 201, body: Thumbnail, within: '300ms' },
      // Print jobs come from orders; pictures do not.
      degraded: { 'orders: *': unaffected(), 'notifications: *': unaffected() },
    },
  },
})
