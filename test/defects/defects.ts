/**
 * Each defect of the sample system, the scenario that claims it, where it shows, and the promise it must be seen to break. A
 * gate that lets one through is worth nothing.
 */
export type Defect = readonly [variant: string, scenario: string, edge: string, promise: RegExp]

/**
 * Those that are played on both sets of engines (test/agreement/). They differ in kind: a fault that hangs behind Redis, one that
 * refuses there before it hangs, one that hangs behind HTTP, and a reply cut off in its middle, seen in a service's effects.
 * None of them leaves work behind that is done in `after`: whether that is done in time depends on the machine.
 */
export const playedOnBoth: readonly Defect[] = [
  ['auth.awaits-redis', 'redis-hangs', 'auth → redis', /^during: share of broken/],
  ['catalog.cache-required', 'cache-gone', 'catalog → redis', /^during: share of full of .*album/],
  ['orders.not-idempotent', 'order-reply-lost', 'storefront → orders', /^after: never a key makes two orders/],
  ['storefront.no-timeout', 'comments-hang', 'storefront → comments', /^during: share of broken/],
]

export const playedOnEmbedded: readonly Defect[] = [
  ['balancer.keeps-dead-instance', 'storefront-dies', 'balancer → storefront', /^during: share of full/],
  ['catalog.health-lies', 'boot-without-redis', 'catalog → redis', /^during: eventually catalog says what it lacks/],
  ['catalog.needs-redis-at-boot', 'boot-without-redis', 'catalog → redis', /^during: share of full of .*album/],
  ['catalog.stampede', 'cache-gone', 'catalog → redis', /^during: never one album is read several times at once/],
  ['catalog.stampede', 'cache-emptied', 'catalog → redis', /^during: never one album is read several times at once/],
  ['imaging.acks-early', 'imaging-dies', 'storefront → imaging', /^after: never a job is done without its picture/],
  ['imaging.renders-twice', 'imaging-dies', 'storefront → imaging', /^after: never machines repeat their work/],
  [
    'notifications.forgets-ids',
    'notifications-away',
    'orders → notifications',
    /^after: never a customer is told twice/,
  ],
  [
    'orders.commits-after-reply',
    'orders-die',
    'storefront → orders',
    /^after: eventually no accepted order is missing/,
  ],
  ['orders.notifies-inline', 'notifications-away', 'orders → notifications', /^during: share of full of .*order/],
  ['storefront.breaker-stays-open', 'comments-refused', 'storefront → comments', /^after: recovers/],
  ['storefront.comments-required', 'comments-refused', 'storefront → comments', /^during: share of broken/],
  ['storefront.drops-on-shutdown', 'rolling-restart', 'balancer → storefront', /^during: share of full/],
  ['storefront.endless-retries', 'comments-hang', 'storefront → comments', /^during: amplification/],
  ['storefront.in-memory-sessions', 'storefront-dies', 'balancer → storefront', /^during: share of full/],
  ['storefront.leaks-upstream-error', 'only-the-door', 'storefront → catalog', /^during: share of broken/],
  [
    'storefront.proxies-unknown-paths',
    'only-the-door',
    'storefront → catalog',
    /^during: eventually the door is closed/,
  ],
  ['storefront.shared-pool', 'comments-slow', 'storefront → comments', /^during: .*album is isolated/],
  ['storefront.wrong-fallback', 'comments-refused', 'storefront → comments', /^during: share of reduced/],
]
