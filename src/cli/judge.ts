import { dirname, join, resolve } from 'node:path'
import { exitCodes, messageOf, worstExitCode } from '../core/errors.ts'
import { compare, partFor } from '../gate/compare.ts'
import { decide } from '../gate/decide.ts'
import { coverageBefore, findEarlier, readReport } from '../gate/earlier-runs.ts'
import { causeOf } from '../record/cause.ts'
import { logLinesOf } from '../record/log-lines.ts'
import { findRun, readResponses, readRun } from '../record/store.ts'
import { makeReport, type Report } from '../report/report.ts'
import type { GatePolicy } from '../system/policy.ts'
import { judgeRun } from '../verdict/judge.ts'
import { exitWith } from './exit.ts'
import { type Format, printReport, storeReport } from './print.ts'
import { complain } from './safe-text.ts'

/** The report of a stored run with its decision, held against an earlier one; the same each time, wherever it is made. */
export function judgeRunFolder(folder: string, earlier: Report | null): Report {
  const record = readRun(folder)
  const verdict = judgeRun(record, (scenario) => readResponses(folder, scenario))
  const report = makeReport(record, verdict, (requestId) => logLinesOf(folder, record, requestId))
  return {
    ...report,
    coverageOverTime: [...coverageBefore(dirname(folder), record), ...report.coverageOverTime],
    comparison: earlier && compare(record.whole ? earlier : partFor(earlier, report), report),
    decision: decide(report, record.policy),
  }
}

/** The report of a run whose reports could not be stored: it does not ship, whatever else was found. */
export function unstored(report: Report, policy: GatePolicy, why: unknown): Report {
  const endedBy = report.run.endedBy ?? { ...causeOf(why), exitCode: exitCodes.inconclusive }
  const ended = { ...report, run: { ...report.run, endedBy } }
  return { ...ended, decision: decide(ended, policy) }
}

export interface JudgeOptions {
  home: string
  json?: true
  quiet?: true
  against?: string
  format?: Format
}

export function judgeAgain(run: string, options: JudgeOptions): Promise<void> {
  return exitWith(async () => {
    const { home, json = false, quiet = false, against, format } = options
    const runs = resolve(home, 'runs')
    const folder = resolve(findRun(runs, run))
    const earlier = against === undefined ? null : findEarlier(runs, against, readRun(folder))
    const report = asBefore(judgeRunFolder(folder, earlier), folder)
    printReport(report, tryToStore(report, folder), { json, quiet, format })
    return worstExitCode([report.decision?.exitCode ?? exitCodes.bug])
  })
}

/** What was seen beside the run when it was played is kept: those runs may be gone by now, or elsewhere. */
function asBefore(report: Report, folder: string): Report {
  const before = storedIn(folder)
  if (before === null) return report
  const points = before.coverageOverTime.filter(({ run }) => run !== report.run.id)
  return {
    ...report,
    coverageOverTime: [...points, ...report.coverageOverTime.slice(-1)],
    comparison: report.comparison ?? before.comparison,
  }
}

/** The report that was stored when the run was played; `null` when there is none, or one that knew no earlier runs. */
function storedIn(folder: string): Report | null {
  try {
    const report = readReport(join(folder, 'report.json'))
    return report.coverageOverTime.length > 0 ? report : null
  } catch {
    return null
  }
}

/** A run that cannot be written to can still be judged. */
function tryToStore(report: Report, folder: string): string[] {
  try {
    return storeReport(report, folder)
  } catch (error) {
    complain(messageOf(error))
    return []
  }
}
