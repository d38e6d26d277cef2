import { z } from 'zod'
import type { Contract } from '../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../src/contract/stance.ts'

const Article = z.object({ id: z.int(), comments: z.array(z.string()) })

/** A contract whose type tells its names. */
export const contract = {
  kind: 'contract',
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      response: { body: Article },
      degraded: {
        'comments: unavailable': reduced({ body: z.object({ id: z.int(), commentsUnavailable: z.literal(true) }) }),
        'auth: slow': refused({ retryAfter: true, problem: true }),
        'redis: *': unaffected(),
      },
    },
    'save an article': {
      request: { method: 'PUT', path: '/articles/{id}', body: { title: '{title}' } },
      parameters: { id: 1, title: 'Matt or glossy?' },
      response: { status: 204 },
    },
  },
} as const satisfies Contract
