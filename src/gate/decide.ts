import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import type { Decision, Matter } from '../report/decision.ts'
import { about, describeGap, mattersOfRun } from '../report/matters.ts'
import type { Report } from '../report/report.ts'
import type { GatePolicy, Waiver } from '../system/policy.ts'
import { troublesOf } from './troubles.ts'
import { needlessOf, waiverFor } from './waivers.ts'

/**
 * What the report means for shipping: 0 only when all that the policy requires was played and kept, with witnesses, or is
 * waived. Whether a waiver has expired is asked before a run, not here: a stored run is decided as it was then.
 */
export function decide(report: Report, policy: GatePolicy): Decision {
  const required = requiredOf(report, policy)
  const waivers = policy.waivers ?? []
  const causes: { code: ExitCode; matter: Matter }[] = []
  const waived: Decision['waived'] = []
  const used = new Set<Waiver>()
  const warned: Matter[] = []
  for (const matter of mattersOfRun(report)) {
    if (matter.scenario === null || required.has(matter.scenario)) causes.push({ code: codeOf(matter, report), matter })
    else warned.push(matter)
  }
  for (const { matter, code } of troublesOf(report, policy)) {
    const waiver = waiverFor(matter, waivers)
    if (waiver) {
      const { owner, reason, expires } = waiver
      waived.push({ ...matter, owner, reason, expires })
      used.add(waiver)
    } else if (code !== null && required.has(matter.scenario)) causes.push({ code, matter })
    else warned.push(matter)
  }
  if (causes.length === 0 && !isAnythingDecided(report, required)) {
    const text = report.scenarios.length === 0 ? 'nothing was played' : 'no promise was decided, so nothing is proven'
    causes.push({ code: exitCodes.inconclusive, matter: { ...about('unproven'), text } })
  }
  const exitCode = worstExitCode(causes.map(({ code }) => code))
  const reasons = causes
    .toSorted((a, b) => Number(b.code === exitCode) - Number(a.code === exitCode))
    .map(({ matter }) => matter)
  const good =
    waived.length + warned.length === 0
      ? 'every promise was kept, with witnesses'
      : 'what the policy requires was kept, with witnesses, or is waived'
  return {
    exitCode,
    ship: exitCode === exitCodes.kept,
    reasons: reasons.length > 0 ? reasons : [{ ...about('kept'), text: good }],
    waived,
    warnings: [...warned, ...gapsOf(report, policy), ...needlessOf(report, waivers, used)],
  }
}

/** What no policy lets pass has a code of its own: a fault that may remain, and the early end of the run. */
function codeOf({ kind }: Matter, { run }: Report): ExitCode {
  if (kind === 'fault left') return exitCodes.faultMayRemain
  if (kind === 'ended early' && run.endedBy) return run.endedBy.exitCode as ExitCode
  return exitCodes.inconclusive
}

/** Where none of the required scenarios was to be played, somebody asked for just these, and wants to know about them. */
function requiredOf({ scenarios, notPlayed }: Report, policy: GatePolicy): Set<string> {
  const chosen = [...scenarios, ...notPlayed].map(({ name }) => name)
  const required = chosen.filter((name) => policy.required?.includes(name))
  return new Set(required.length > 0 ? required : chosen)
}

function isAnythingDecided({ scenarios }: Report, required: ReadonlySet<string>): boolean {
  return scenarios.some(
    ({ name, promises }) => required.has(name) && promises.some(({ status }) => status !== 'undecided'),
  )
}

/** What nobody declared, each told once for all scenarios, where the policy only warns of it. */
function gapsOf({ scenarios }: Report, { undeclared = 'warning' }: GatePolicy): Matter[] {
  if (undeclared !== 'warning') return []
  const texts = new Set(scenarios.flatMap(({ gaps }) => gaps.map(describeGap)))
  return [...texts].map((text) => ({ ...about('undeclared'), text }))
}
