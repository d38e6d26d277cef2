import { defineContract, unaffected } from 'brownout'
import { z } from 'zod'

const Order = z.object({
  order: z.int().positive(),
  album: z.int(),
  copies: z.int().positive(),
  status: z.literal('accepted'),
})

const request = {
  method: 'POST',
  path: '/orders',
  headers: { 'idempotency-key': '{key}' },
  body: { album: '{album}', copies: '{copies}' },
}

/** Customers are told later, and their albums are printed later. */
const degraded = { 'notifications: *': unaffected(), 'imaging: *': unaffected() }

export default defineContract({
  consumer: 'storefront',
  provider: 'orders',
  interactions: {
    'take an order': {
      given: 'order keys nobody has used',
      request,
      parameters: { album: 1, copies: 1 },
      rows: [
        { album: 1, copies: 1 },
        { album: 7, copies: 3 },
      ],
      // A key that comes again gets the same order, with 200. The storefront hangs up after 300 ms.
      response: { status: [200, 201], body: Order, within: '300ms' },
      degraded,
    },

    'order something else under a known key': {
      given: 'a key that an order was placed under',
      request,
      parameters: { key: 'the key of one copy of album 1', album: 2, copies: 1 },
      response: {
        status: 422,
        headers: { 'content-type': /^application\/problem\+json/ },
        body: z.object({ title: z.string() }),
        within: '300ms',
      },
      degraded,
    },
  },
})
