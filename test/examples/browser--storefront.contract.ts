import { defineContract, reduced, refused, unaffected } from 'brownout'
import { z } from 'zod'

const Article = z.object({
  id: z.number(),
  title: z.string(),
  comments: z.array(z.object({ author: z.string(), text: z.string() })),
})

/** The marker `commentsAvailable` is what an article never has when all is well. */
const ArticleWithoutComments = z.object({
  id: z.number(),
  title: z.string(),
  commentsAvailable: z.literal(false),
})

export default defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
      response: { body: Article, within: '1s' },
      degraded: {
        'comments: *': reduced({ body: ArticleWithoutComments, within: '500ms' }),
        'comments: overloaded': refused({ retryAfter: true, problem: true, within: '500ms' }),
        'redis: *': unaffected(),
        'auth → redis: slow': reduced({ body: ArticleWithoutComments, within: '2s' }),
      },
      recovers: '5s',
    },
    'place an order': {
      given: 'a customer is logged in',
      request: {
        method: 'POST',
        path: '/orders',
        headers: { authorization: 'Bearer {session}', 'idempotency-key': '{key}' },
        body: { album: '{album}', note: 'for {name}' },
      },
      parameters: { album: 7, name: 'Ada', key: 'order-1' },
      response: { status: [200, 201], headers: { location: /^\/orders\/\d+$/ } },
      degraded: { 'notifications: *': unaffected() },
    },
  },
  otherwise: refused({ problem: true }),
})
