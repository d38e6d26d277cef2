import { defineContract, unaffected } from 'brownout'
import { z } from 'zod'
import { albums } from './albums.ts'

const Album = z.object({
  id: z.int(),
  title: z.string().min(1),
  pages: z.int().positive(),
  price: z.object({ amount: z.int().positive(), currency: z.literal('EUR') }),
})

export default defineContract({
  consumer: 'storefront',
  provider: 'catalog',
  interactions: {
    'look at an album': {
      request: { method: 'GET', path: '/albums/{album}' },
      parameters: { album: 1 },
      rows: albums,
      // The storefront hangs up after 600 ms.
      response: { status: 200, body: Album, within: '600ms' },
      degraded: { 'redis: *': unaffected() },
      recovers: '3s',
    },
  },
})
