import { defineContract } from 'brownout'
import { z } from 'zod'

const Comment = z.object({ author: z.string().min(1), text: z.string().min(1) })

export default defineContract({
  consumer: 'storefront',
  provider: 'comments',
  interactions: {
    'read the comments of an article': {
      request: { method: 'GET', path: '/articles/{id}/comments' },
      parameters: { id: 1 },
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }],
      response: { status: 200, body: z.object({ comments: z.array(Comment).min(1) }), within: '250ms' },
    },
  },
})
