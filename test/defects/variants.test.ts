import { expect, test } from 'vitest'
import config from '../../brownout.config.ts'
import type { Report } from '../../src/report/report.ts'
import { brownout, reportOf } from '../cli/brownout.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/**
 * Each defect of the sample system, the scenario that claims it, where it shows, and the promise it must be seen to break. A
 * gate that lets one through is worth nothing.
 */
const defects: readonly [variant: string, scenario: string, edge: string, promise: RegExp][] = [
  ['auth.awaits-redis', 'redis-hangs', 'auth → redis', /^during: share of broken/],
  ['balancer.keeps-dead-instance', 'storefront-dies', 'balancer → storefront', /^during: share of full/],
  ['catalog.cache-required', 'cache-gone', 'catalog → redis', /^during: share of full of .*album/],
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
  ['orders.not-idempotent', 'order-reply-lost', 'storefront → orders', /^after: never a key makes two orders/],
  ['orders.notifies-inline', 'notifications-away', 'orders → notifications', /^during: share of full of .*order/],
  ['storefront.breaker-stays-open', 'comments-refused', 'storefront → comments', /^after: recovers/],
  ['storefront.comments-required', 'comments-refused', 'storefront → comments', /^during: share of broken/],
  ['storefront.drops-on-shutdown', 'rolling-restart', 'balancer → storefront', /^during: share of full/],
  ['storefront.endless-retries', 'comments-hang', 'storefront → comments', /^during: amplification/],
  ['storefront.in-memory-sessions', 'storefront-dies', 'balancer → storefront', /^during: share of full/],
  ['storefront.leaks-upstream-error', 'only-the-door', 'storefront → catalog', /^during: share of broken/],
  ['storefront.no-timeout', 'comments-hang', 'storefront → comments', /^during: share of broken/],
  [
    'storefront.proxies-unknown-paths',
    'only-the-door',
    'storefront → catalog',
    /^during: eventually the door is closed/,
  ],
  ['storefront.shared-pool', 'comments-slow', 'storefront → comments', /^during: .*album is isolated/],
  ['storefront.wrong-fallback', 'comments-refused', 'storefront → comments', /^during: share of reduced/],
]

test('every defect is claimed by a scenario', () => {
  expect([...new Set(defects.map(([variant]) => variant))].toSorted()).toEqual(
    Object.keys(config.variants ?? {}).toSorted(),
  )
})

// Two at once: what is broken is broken on a busy machine too.
test.concurrent.for(defects)(
  '%s is caught by %s',
  { timeout: 120_000 },
  async ([variant, scenario, edge, promise], { expect: expectHere }) => {
    await using home = await temporaryFolder()
    const running = brownout(['gate', '--home', home.path, '--only', scenario, '--variant', variant, '--seed', '11'])
    const { code } = await running.exited
    expectHere(code, running.output()).toBe(1)
    const found = (reportOf(home.path) as Report).scenarios[0]
    expectHere(found?.name).toBe(scenario)
    const broken = found?.promises.filter(({ status }) => status === 'broken') ?? []
    expectHere(broken.map(({ phase, text }) => `${phase}: ${text}`).join('\n'), running.output()).toMatch(
      new RegExp(promise.source, 'm'),
    )
    expectHere(found?.replay).toContain(`--variant ${variant}`)
    expectHere(found?.witnesses.every(({ canary }) => canary.seen)).toBe(true)
    expectHere(`${found?.faults.join()} ${found?.witnesses.map(({ canary }) => canary.text).join()}`).toContain(edge)
  },
)
