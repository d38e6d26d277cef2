import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import type { Decision, Report } from '../report/report.ts'

/** What the report means for shipping. 0 only when every scenario was played and every promise was kept, with witnesses. */
export function decide(report: Report): Decision {
  const causes: { code: ExitCode; reason: string }[] = []
  for (const fault of report.run.faultsLeft)
    causes.push({ code: exitCodes.faultMayRemain, reason: `${fault} may still be in force` })
  const { endedBy } = report.run
  if (endedBy) causes.push({ code: endedBy.exitCode as ExitCode, reason: `the run ended early: ${endedBy.message}` })
  for (const scenario of report.scenarios) {
    const broken = scenario.promises.filter(({ status }) => status === 'broken')
    for (const { phase, text } of broken)
      causes.push({ code: exitCodes.broken, reason: `${scenario.name}: ${phase}: ${text}` })
    for (const { text } of scenario.deaths) causes.push({ code: exitCodes.broken, reason: `${scenario.name}: ${text}` })
    if (scenario.word === 'inconclusive') {
      causes.push({
        code: exitCodes.inconclusive,
        reason: `${scenario.name}: ${scenario.doubts[0] ?? 'a promise is undecided'}`,
      })
    }
  }
  for (const { name } of report.notPlayed)
    causes.push({ code: exitCodes.inconclusive, reason: `${name} was not played` })
  if (report.scenarios.length === 0 && causes.length === 0)
    causes.push({ code: exitCodes.inconclusive, reason: 'nothing was played' })
  const exitCode = worstExitCode(causes.map(({ code }) => code))
  const reasons = causes
    .toSorted((a, b) => Number(b.code === exitCode) - Number(a.code === exitCode))
    .map(({ reason }) => reason)
  return {
    exitCode,
    ship: exitCode === exitCodes.kept,
    reasons: reasons.length > 0 ? reasons : ['every promise was kept, with witnesses'],
  }
}
