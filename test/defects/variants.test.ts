import { expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { brownout, reportOf } from '../cli/brownout.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/**
 * Each defect of the sample system, the scenario that claims it, and the finding it must lead to. A gate that lets one
 * through is worth nothing.
 */
const defects = [
  {
    variant: 'auth.awaits-redis',
    scenario: 'redis-hangs',
    edge: 'auth → redis',
    phase: 'during',
    promise: /share of broken/,
  },
  {
    variant: 'storefront.comments-required',
    scenario: 'comments-refused',
    edge: 'storefront → comments',
    phase: 'during',
    promise: /share of broken/,
  },
  {
    variant: 'storefront.no-timeout',
    scenario: 'comments-hang',
    edge: 'storefront → comments',
    phase: 'during',
    promise: /share of broken/,
  },
  {
    variant: 'storefront.wrong-fallback',
    scenario: 'comments-refused',
    edge: 'storefront → comments',
    phase: 'during',
    promise: /share of reduced/,
  },
  {
    variant: 'storefront.endless-retries',
    scenario: 'comments-hang',
    edge: 'storefront → comments',
    phase: 'during',
    promise: /amplification/,
  },
  {
    variant: 'storefront.in-memory-sessions',
    scenario: 'storefront-dies',
    edge: 'balancer → storefront',
    phase: 'during',
    promise: /share of full/,
  },
  {
    variant: 'balancer.keeps-dead-instance',
    scenario: 'storefront-dies',
    edge: 'balancer → storefront',
    phase: 'during',
    promise: /share of full/,
  },
] as const

test.for(defects)(
  '$variant is caught by $scenario',
  { timeout: 120_000 },
  async ({ variant, scenario, edge, phase, promise }) => {
    await using home = await temporaryFolder()
    const running = brownout(['gate', '--home', home.path, '--only', scenario, '--variant', variant, '--seed', '11'])
    const { code } = await running.exited
    expect(code, running.output()).toBe(1)
    const found = (reportOf(home.path) as Report).scenarios[0]
    expect(found?.name).toBe(scenario)
    const finding = found?.promises.find(
      (each) => each.status === 'broken' && each.phase === phase && promise.test(each.text),
    )
    expect(finding, running.output()).toBeDefined()
    expect(found?.replay).toContain(`--variant ${variant}`)
    expect(found?.witnesses.every(({ canary }) => canary.seen)).toBe(true)
    expect(`${found?.faults.join()} ${found?.witnesses.map(({ canary }) => canary.text).join()}`).toContain(edge)
  },
)
