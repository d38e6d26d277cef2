import { resolve } from 'node:path'
import { decide } from '../gate/decide.ts'
import { logLinesOf } from '../record/log-lines.ts'
import { findRun, readResponses, readRun } from '../record/store.ts'
import { makeReport, type Report } from '../report/report.ts'
import { judgeRun } from '../verdict/judge.ts'
import { exitWith } from './exit.ts'
import { printReport } from './print.ts'

/** The report of a stored run; the same each time, wherever it is made. */
export function judgeRunFolder(folder: string): Report {
  const record = readRun(folder)
  const verdict = judgeRun(record, (scenario) => readResponses(folder, scenario))
  return makeReport(record, verdict, (requestId) => logLinesOf(folder, record, requestId))
}

export function judgeAgain(run: string, options: { home: string; json?: true }): Promise<void> {
  return exitWith(async () => {
    const folder = findRun(resolve(options.home, 'runs'), run)
    const report = judgeRunFolder(folder)
    report.decision = decide(report)
    printReport(report, folder, { json: options.json === true, quiet: false })
    return report.decision.exitCode
  })
}
