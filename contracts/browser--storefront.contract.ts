import { defineContract, reduced, refused, unaffected } from 'brownout'
import { z } from 'zod'
import { customers } from './customers.ts'

const Comment = z.strictObject({ author: z.string().min(1), text: z.string().min(1) })

const Article = z.strictObject({
  id: z.int(),
  title: z.string().min(1),
  text: z.string().min(1),
  comments: z.array(Comment).min(1),
})

/** An empty list alone would say that nobody commented; the marker says that we do not know. */
const ArticleWithoutComments = Article.extend({
  comments: z.array(Comment).max(0),
  commentsUnavailable: z.literal(true),
})

const Login = z.strictObject({ token: z.string().min(16), user: z.string().min(1), session: z.literal('stored') })
const LoginNotStoredYet = Login.extend({ session: z.literal('deferred') })

const withoutComments = reduced({
  headers: { 'x-degraded': 'comments' },
  body: ArticleWithoutComments,
  within: '500ms',
})
const withoutStoredSession = reduced({ body: LoginNotStoredYet, within: '500ms' })
const comeBackLater = refused({ status: 503, retryAfter: true, problem: true, within: '1s' })

export default defineContract({
  consumer: 'browser',
  provider: 'storefront',
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }],
      response: { status: 200, body: Article },
      degraded: {
        'comments: unavailable': withoutComments,
        'comments: slow': withoutComments,
        'auth: *': unaffected(),
        'redis: *': unaffected(),
      },
      recovers: '3s',
    },

    'log in': {
      request: { method: 'POST', path: '/login', body: { user: '{user}', password: '{password}' } },
      parameters: customers[0],
      rows: customers,
      response: { status: 200, body: Login },
      degraded: {
        'redis: unavailable': withoutStoredSession,
        'redis: slow': withoutStoredSession,
        'auth: unavailable': comeBackLater,
        'comments: *': unaffected(),
      },
      recovers: '3s',
    },

    'see who I am': {
      given: 'a customer is logged in',
      request: { method: 'GET', path: '/me', headers: { authorization: 'Bearer {token}', cookie: '{cookie}' } },
      response: { status: 200, body: z.strictObject({ user: z.string().min(1) }) },
      degraded: {
        'redis: unavailable': comeBackLater,
        'redis: slow': comeBackLater,
        'auth: unavailable': comeBackLater,
        'comments: *': unaffected(),
      },
      recovers: '3s',
    },
  },
})
