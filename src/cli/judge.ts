import { dirname, join, resolve } from 'node:path'
import { compare, partFor } from '../gate/compare.ts'
import { decide } from '../gate/decide.ts'
import { coverageBefore, findEarlier, readReport } from '../gate/earlier-runs.ts'
import { logLinesOf } from '../record/log-lines.ts'
import { findRun, readResponses, readRun } from '../record/store.ts'
import { type Comparison, makeReport, type Report } from '../report/report.ts'
import { judgeRun } from '../verdict/judge.ts'
import { exitWith } from './exit.ts'
import { type Format, printReport } from './print.ts'

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
    const report = judgeRunFolder(folder, earlier)
    report.comparison ??= comparisonIn(folder)
    printReport(report, folder, { json, quiet, format })
    return report.decision?.exitCode ?? 0
  })
}

/** The comparison that was made when the run was played, if there was one. */
function comparisonIn(folder: string): Comparison | null {
  try {
    return readReport(join(folder, 'report.json')).comparison
  } catch {
    return null
  }
}
