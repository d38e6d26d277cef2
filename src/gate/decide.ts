import { normalKey } from '../contract/terms.ts'
import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import type { Decision, Report } from '../report/report.ts'
import type { GatePolicy, Waiver } from '../system/policy.ts'
import { describeGap, type Trouble, troublesOf } from './troubles.ts'

/**
 * What the report means for shipping: 0 only when all that the policy requires was played and kept, with witnesses, or is
 * waived. Whether a waiver has expired is asked before a run, not here: a stored run is decided as it was then.
 */
export function decide(report: Report, policy: GatePolicy): Decision {
  const required = requiredOf(report, policy)
  const waivers = policy.waivers ?? []
  const causes = endsOf(report)
  const waived: Decision['waived'] = []
  const used = new Set<Waiver>()
  const warned: string[] = []
  for (const trouble of troublesOf(report, policy)) {
    const { code, scenario, text } = trouble
    const waiver = waiverFor(trouble, waivers)
    if (waiver) {
      const { owner, reason, expires } = waiver
      waived.push({ what: text, owner, reason, expires })
      used.add(waiver)
    } else if (code !== null && required.has(scenario)) causes.push({ code, reason: text })
    else warned.push(text)
  }
  for (const { name } of report.notPlayed) {
    const reason = `${name} was not played`
    if (required.has(name)) causes.push({ code: exitCodes.inconclusive, reason })
    else warned.push(reason)
  }
  if (causes.length === 0 && !isAnythingDecided(report, required)) {
    const reason = report.scenarios.length === 0 ? 'nothing was played' : 'no promise was decided, so nothing is proven'
    causes.push({ code: exitCodes.inconclusive, reason })
  }
  const exitCode = worstExitCode(causes.map(({ code }) => code))
  const reasons = causes
    .toSorted((a, b) => Number(b.code === exitCode) - Number(a.code === exitCode))
    .map(({ reason }) => reason)
  const good =
    waived.length + warned.length === 0
      ? 'every promise was kept, with witnesses'
      : 'what the policy requires was kept, with witnesses, or is waived'
  return {
    exitCode,
    ship: exitCode === exitCodes.kept,
    reasons: reasons.length > 0 ? reasons : [good],
    waived,
    warnings: [...warned, ...gapsOf(report, policy), ...needlessOf(report, waivers, used)],
  }
}

/** What no policy lets pass: faults that may remain, and the early end of the run. */
function endsOf({ run }: Report): { code: ExitCode; reason: string }[] {
  const { faultsLeft, endedBy } = run
  const left = faultsLeft.map((fault) => ({
    code: exitCodes.faultMayRemain,
    reason: `${fault} may still be in force`,
  }))
  if (!endedBy) return left
  return [...left, { code: endedBy.exitCode as ExitCode, reason: `the run ended early: ${endedBy.message}` }]
}

/** Where none of the required scenarios was to be played, somebody asked for just these, and wants to know about them. */
function requiredOf({ scenarios, notPlayed }: Report, policy: GatePolicy): Set<string> {
  const chosen = [...scenarios, ...notPlayed].map(({ name }) => name)
  const required = chosen.filter((name) => policy.required?.includes(name))
  return new Set(required.length > 0 ? required : chosen)
}

/** The one that names the promise, else the one for its whole scenario. */
function waiverFor({ scenario, promise }: Trouble, waivers: readonly Waiver[]): Waiver | undefined {
  const mine = waivers.filter((waiver) => waiver.scenario === scenario)
  const exact = promise === null ? undefined : mine.find((one) => isSame(one.promise, promise))
  return exact ?? mine.find((waiver) => waiver.promise === undefined)
}

function isSame(waived: string | undefined, promise: string): boolean {
  return waived !== undefined && normalKey(waived) === normalKey(promise)
}

function isAnythingDecided({ scenarios }: Report, required: ReadonlySet<string>): boolean {
  return scenarios.some(
    ({ name, promises }) => required.has(name) && promises.some(({ status }) => status !== 'undecided'),
  )
}

function gapsOf({ scenarios }: Report, { undeclared = 'warning' }: GatePolicy): Set<string> {
  return new Set(undeclared === 'warning' ? scenarios.flatMap(({ gaps }) => gaps.map(describeGap)) : [])
}

/** Waivers whose promise, or whole scenario, was kept: they should go. */
function needlessOf({ scenarios }: Report, waivers: readonly Waiver[], used: ReadonlySet<Waiver>): string[] {
  return waivers
    .filter((waiver) => {
      const scenario = scenarios.find(({ name }) => name === waiver.scenario)
      return scenario && scenario.word !== 'inconclusive' && !used.has(waiver)
    })
    .map(({ scenario, promise, owner }) => {
      const what = promise === undefined ? scenario : `${scenario}: ${promise}`
      return `the waiver for "${what}" has nothing to waive: take it out (owner: ${owner})`
    })
}
