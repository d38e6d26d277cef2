import { defineContract } from 'brownout'
import { z } from 'zod'

export default defineContract({
  consumer: 'orders',
  provider: 'notifications',
  interactions: {
    'tell a customer': {
      request: { method: 'POST', path: '/messages', body: { id: '{id}', order: '{order}', text: '{text}' } },
      parameters: { id: 'order-1', order: 1, text: 'Your album is being printed.' },
      rows: [
        { id: 'order-1', order: 1, text: 'Your album is being printed.' },
        { id: 'order-2', order: 2, text: 'Your 3 albums are being printed.' },
        // At least once: what comes again is confirmed again.
        { id: 'order-1', order: 1, text: 'Your album is being printed.' },
      ],
      response: { status: 202, body: z.object({ received: z.literal(true) }), within: '300ms' },
    },
  },
})
