import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import type { Decision, Matter } from '../report/decision.ts'
import { about, describeGap, endsOf, nothingProven, notPlayedOf } from '../report/matters.ts'
import type { Report, ScenarioReport } from '../report/report.ts'
import type { GatePolicy, Waiver } from '../system/policy.ts'
import { isForPolicy, troublesOf } from './troubles.ts'
import { needlessOf, waiverFor } from './waivers.ts'

interface Cause {
  code: ExitCode
  matter: Matter
}

/**
 * What the report means for shipping: 0 only when all that the policy requires was played and kept, with witnesses, or is
 * waived. Whether a waiver has expired is asked before a run, not here: a stored run is decided as it was then.
 */
export function decide(report: Report, policy: GatePolicy): Decision {
  const required = requiredOf(report, policy)
  const waivers = policy.waivers ?? []
  const causes = endsOf(report).map((matter): Cause => ({ code: codeOf(matter, report), matter }))
  const waived: Decision['waived'] = []
  const used = new Set<Waiver>()
  const warned = notAskedFor(report, policy)
  for (const { matter, code } of troublesOf(report, policy)) {
    const waiver = isForPolicy(code) ? waiverFor(matter, waivers) : undefined
    if (waiver) {
      const { owner, reason, expires } = waiver
      waived.push({ ...matter, owner, reason, expires })
      used.add(waiver)
    } else if (code !== null && (required.has(matter.scenario) || !isForPolicy(code))) causes.push({ code, matter })
    else warned.push(matter)
  }
  for (const matter of notPlayedOf(report)) {
    if (required.has(matter.scenario)) causes.push({ code: exitCodes.inconclusive, matter })
    else warned.push(matter)
  }
  for (const scenario of report.scenarios) {
    const isTold = causes.some(({ matter }) => matter.scenario === scenario.name)
    if (!required.has(scenario.name) || isTold || isAnythingDecided(scenario)) continue
    const text = `${scenario.name}: ${nothingProven}`
    causes.push({ code: exitCodes.inconclusive, matter: { ...about('unproven', scenario), text } })
  }
  if (causes.length === 0 && report.scenarios.length === 0)
    causes.push({ code: exitCodes.inconclusive, matter: { ...about('unproven'), text: 'nothing was played' } })
  const exitCode = worstExitCode(causes.map(({ code }) => code))
  const reasons = causes
    .toSorted((a, b) => Number(b.code === exitCode) - Number(a.code === exitCode))
    .map(({ matter }) => matter)
  const good =
    waived.length + warned.length === 0
      ? 'every promise was kept, with witnesses'
      : `what ${report.run.whole ? 'the policy requires' : 'was asked for'} was kept, with witnesses, or is waived`
  return {
    exitCode,
    ship: exitCode === exitCodes.kept,
    reasons: reasons.length > 0 ? reasons : [{ ...about('kept'), text: good }],
    waived,
    warnings: [...warned, ...gapsOf(report, policy), ...needlessOf(report, waivers, used)],
  }
}

function codeOf({ kind }: Matter, { run }: Report): ExitCode {
  if (kind === 'fault left') return exitCodes.faultMayRemain
  if (kind === 'ended early' && run.endedBy) return run.endedBy.exitCode as ExitCode
  return exitCodes.inconclusive
}

/** What somebody asked for by name; of a run of everything, what the policy names, or all. */
function requiredOf(report: Report, policy: GatePolicy): Set<string> {
  const chosen = chosenOf(report)
  const required = report.run.whole ? chosen.filter((name) => policy.required?.includes(name)) : []
  return new Set(required.length > 0 ? required : chosen)
}

function chosenOf({ scenarios, notPlayed }: Report): string[] {
  return [...scenarios, ...notPlayed].map(({ name }) => name)
}

/** What the policy requires, and the run was not to play. */
function notAskedFor(report: Report, { required = [] }: GatePolicy): Matter[] {
  const chosen = new Set(chosenOf(report))
  return required
    .filter((name) => !chosen.has(name))
    .map((name) => ({ ...about('not asked for', { name }), text: `${name} is required, and was not asked for` }))
}

function isAnythingDecided({ promises }: ScenarioReport): boolean {
  return promises.some(({ status }) => status !== 'undecided')
}

/** What nobody declared, each told once for all scenarios, where the policy only warns of it. */
function gapsOf({ scenarios }: Report, { undeclared = 'warning' }: GatePolicy): Matter[] {
  if (undeclared !== 'warning') return []
  const texts = new Set(scenarios.flatMap(({ gaps }) => gaps.map(describeGap)))
  return [...texts].map((text) => ({ ...about('undeclared'), text }))
}
