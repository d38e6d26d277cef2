import { defineContract } from '../../src/contract/define.ts'
import { reduced, refused } from '../../src/contract/stance.ts'
import { z } from 'zod'

const Article = z.object({
  id: z.number().int(),
  title: z.string(),
  author: z.object({ name: z.string(), url: z.url() }),
  published: z.iso.datetime(),
  tags: z.array(z.string()),
  text: z.string(),
  comments: z.array(z.object({ id: z.number().int(), author: z.string(), text: z.string() })),
})

export default defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      response: { headers: { 'content-type': /^application\/json/ }, body: Article },
      degraded: {
        'comments: unavailable': reduced({
          body: Article.omit({ comments: true }).extend({ commentsUnavailable: z.literal(true) }),
        }),
        'comments: overloaded': refused({ retryAfter: true }),
      },
    },
  },
})
