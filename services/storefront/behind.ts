import { callsTo } from '../chassis/call.ts'
import { listOf, required } from '../chassis/environment.ts'
import type { Guard, Limits } from '../chassis/guard.ts'
import { type Inside, inside, type Say } from './inside.ts'

export interface Manners {
  guard(limits: Limits): Guard
  say: Say
}

/** Where the services behind the storefront are. */
export const urls = {
  comments: required('COMMENTS_URL'),
  auth: required('AUTH_URL'),
  catalog: required('CATALOG_URL'),
  orders: required('ORDERS_URL'),
  imaging: listOf(required('IMAGING_URLS')),
}

/** The services behind the storefront, each with places, a breaker and a time limit of its own. */
export function openBehind({ guard, say }: Manners) {
  const open = (url: string, sorry: string, limits: Limits): Inside =>
    inside({ call: callsTo(url), guard: guard(limits), sorry, say })
  // A page waits a quarter of a second for its comments, and no more.
  const comments = { call: callsTo(urls.comments), guard: guard({ limitMs: 250, atOnce: 32 }) }
  // Auth allows itself 200 ms for Redis, so it is given twice that.
  const auth = open(urls.auth, 'Logins are not available right now.', { limitMs: 400, atOnce: 64 })
  // Without its cache an album may wait for the reads of others.
  const catalog = open(urls.catalog, 'Albums cannot be shown right now.', { limitMs: 600, atOnce: 64 })
  const orders = open(urls.orders, 'Orders are not taken right now.', { limitMs: 300, atOnce: 32 })
  // Two that hang are given up before the balancer gives the storefront up.
  const imaging = urls.imaging.map((url) =>
    open(url, 'Pictures are not taken right now.', { limitMs: 300, atOnce: 32 }),
  )
  return {
    comments,
    auth,
    catalog,
    orders,
    imaging,
    health: () => ({
      comments: comments.guard.health,
      auth: auth.health,
      catalog: catalog.health,
      orders: orders.health,
      imaging: imaging.find(({ health }) => health === 'up')?.health ?? 'down',
    }),
  }
}
