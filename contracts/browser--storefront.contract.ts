import { defineContract, reduced, refused, type ServiceName, type Stance, unaffected } from 'brownout'
import { z } from 'zod'
import { albums } from './albums.ts'
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

const Album = z.strictObject({
  id: z.int(),
  title: z.string().min(1),
  pages: z.int().positive(),
  price: z.strictObject({ amount: z.int().positive(), currency: z.literal('EUR') }),
})

const Order = z.strictObject({
  order: z.int().positive(),
  album: z.int(),
  copies: z.int().positive(),
  status: z.literal('accepted'),
})

const Picture = z.strictObject({
  picture: z.string().regex(/^[0-9a-f]{64}$/),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
})

/** Plain words. No address, port, file or stack fits in. */
const Sentence = z.string().regex(/^[A-Z][A-Za-z ,'-]*\.?$/)

const problem = (status: number) =>
  z.strictObject({
    type: z.literal('about:blank'),
    title: Sentence,
    status: z.literal(status),
    detail: Sentence,
    requestId: z.string().regex(/^[\w-]{1,100}$/),
  })

const comeBackLater = refused({ status: 503, retryAfter: true, problem: true, body: problem(503), within: '1s' })

const withoutComments = reduced({
  headers: { 'x-degraded': 'comments' },
  body: ArticleWithoutComments,
  within: '500ms',
})
const withoutStoredSession = reduced({ body: LoginNotStoredYet, within: '500ms' })

/** Services that have nothing to do with it. */
const without = <Service extends ServiceName>(...services: readonly Service[]) =>
  Object.fromEntries(services.map((service) => [`${service}: *`, unaffected()])) as Record<`${Service}: *`, Stance>

export default defineContract({
  consumer: 'browser',
  provider: 'storefront',
  pact: { mayOmit: ['closed objects'] },
  interactions: {
    'read an article': {
      request: { method: 'GET', path: '/articles/{id}' },
      parameters: { id: 1 },
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }],
      response: { status: 200, body: Article, within: '1s' },
      degraded: {
        'comments: unavailable': withoutComments,
        'comments: slow': withoutComments,
        ...without('auth', 'catalog', 'orders', 'imaging', 'notifications', 'redis'),
      },
      recovers: '3s',
    },

    'log in': {
      request: { method: 'POST', path: '/login', body: { user: '{user}', password: '{password}' } },
      parameters: customers[0],
      rows: customers,
      response: { status: 200, body: Login, within: '1s' },
      degraded: {
        'redis: unavailable': withoutStoredSession,
        'redis: slow': withoutStoredSession,
        'auth: unavailable': comeBackLater,
        'auth: slow': comeBackLater,
        ...without('comments', 'catalog', 'orders', 'imaging', 'notifications'),
      },
      recovers: '3s',
    },

    'see who I am': {
      given: 'a customer is logged in',
      request: { method: 'GET', path: '/me', headers: { authorization: 'Bearer {token}', cookie: '{cookie}' } },
      response: { status: 200, body: z.strictObject({ user: z.string().min(1) }), within: '1s' },
      degraded: {
        'redis: unavailable': comeBackLater,
        'redis: slow': comeBackLater,
        'auth: unavailable': comeBackLater,
        'auth: slow': comeBackLater,
        ...without('comments', 'catalog', 'orders', 'imaging', 'notifications'),
      },
      recovers: '3s',
    },

    'look at an album': {
      request: { method: 'GET', path: '/albums/{album}' },
      parameters: { album: 1 },
      rows: albums,
      response: { status: 200, body: Album, within: '1s' },
      degraded: {
        'catalog: unavailable': comeBackLater,
        'catalog: slow': comeBackLater,
        // Redis is its cache: without it the right albums come from the store.
        ...without('redis', 'comments', 'auth', 'orders', 'imaging', 'notifications'),
      },
      recovers: '3s',
    },

    'order an album': {
      given: 'order keys nobody has used',
      request: {
        method: 'POST',
        path: '/orders',
        headers: { 'idempotency-key': '{key}' },
        body: { album: '{album}', copies: '{copies}' },
      },
      parameters: { album: 1, copies: 1 },
      rows: [
        { album: 1, copies: 1 },
        { album: 4, copies: 2 },
        { album: 8, copies: 3 },
        { album: 11, copies: 1 },
        { album: 12, copies: 5 },
      ],
      // A key that comes again gets the same order, with 200.
      response: { status: [200, 201], body: Order, within: '1s' },
      degraded: {
        'orders: unavailable': comeBackLater,
        'orders: slow': comeBackLater,
        // They are told later, and it is printed later.
        ...without('notifications', 'imaging', 'comments', 'auth', 'catalog', 'redis'),
      },
      recovers: '3s',
    },

    'upload a picture': {
      request: { method: 'POST', path: '/pictures', body: { name: '{name}', width: '{width}', height: '{height}' } },
      parameters: { name: 'lake', width: 320, height: 240 },
      rows: [
        { name: 'lake', width: 320, height: 240 },
        { name: 'the old kitchen', width: 240, height: 320 },
        { name: 'everybody at the table', width: 400, height: 200 },
        { name: 'garden', width: 256, height: 256 },
      ],
      response: { status: 201, body: Picture, within: '1s' },
      degraded: {
        'imaging: unavailable': comeBackLater,
        'imaging: slow': comeBackLater,
        ...without('comments', 'auth', 'catalog', 'orders', 'notifications', 'redis'),
      },
      recovers: '3s',
    },

    'ask for what is not there': {
      request: { method: 'GET', path: '/{service}/{page}' },
      parameters: { service: 'auth', page: 'healthz' },
      rows: [
        { service: 'auth', page: 'healthz' },
        { service: 'orders', page: 'effects' },
        { service: 'catalog', page: 'effects' },
        { service: 'imaging', page: 'effects' },
        { service: 'notifications', page: 'effects' },
        { service: 'comments', page: 'healthz' },
        { service: 'storefront', page: 'healthz' },
        { service: '..', page: 'effects' },
        { service: 'internal', page: 'metrics' },
      ],
      response: {
        status: 404,
        headers: { 'content-type': /^application\/problem\+json/ },
        body: problem(404),
        within: '1s',
      },
      degraded: without('comments', 'auth', 'catalog', 'orders', 'imaging', 'notifications', 'redis'),
      recovers: '3s',
    },
  },
})
