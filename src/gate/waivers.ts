import { normalKey } from '../contract/terms.ts'
import type { Matter } from '../report/decision.ts'
import { about } from '../report/matters.ts'
import type { Report } from '../report/report.ts'
import type { Waiver } from '../system/policy.ts'

/** The waiver that names the promise, else the one for its whole scenario. */
export function waiverFor({ scenario, phase, promise }: Matter, waivers: readonly Waiver[]): Waiver | undefined {
  const mine = waivers.filter((waiver) => waiver.scenario === scenario)
  const key = normalKey(`${phase}: ${promise}`)
  return (
    mine.find((waiver) => waiver.promise !== undefined && normalKey(waiver.promise) === key) ??
    mine.find((waiver) => waiver.promise === undefined)
  )
}

/** Waivers whose promise, or whole scenario, was kept: they should go. */
export function needlessOf({ scenarios }: Report, waivers: readonly Waiver[], used: ReadonlySet<Waiver>): Matter[] {
  return waivers.flatMap((waiver) => {
    const { promise, owner } = waiver
    const scenario = scenarios.find(({ name }) => name === waiver.scenario)
    if (!scenario || scenario.word === 'inconclusive' || used.has(waiver)) return []
    const what = promise === undefined ? scenario.name : `${scenario.name}: ${promise}`
    const text = `the waiver for "${what}" has nothing to waive: take it out (owner: ${owner})`
    return [{ ...about('needless waiver', scenario), text }]
  })
}
