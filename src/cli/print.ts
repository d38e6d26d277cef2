import { join, relative } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { RunStore } from '../record/store.ts'
import { renderJson } from '../report/json.ts'
import { colored, plain } from '../report/paint.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal.ts'

export function print(text: string): void {
  process.stdout.write(text)
}

/** Colours where a person looks on, unless `NO_COLOR` says no. */
export const wantsColor = process.stdout.isTTY === true && !process.env['NO_COLOR']

/** Prints a report and stores it beside its run; a run that cannot be written to can still be judged. */
export function printReport(report: Report, folder: string, how: { json: boolean; quiet: boolean }): void {
  const text = renderJson(report)
  print(how.json ? text : `\n${renderTerminal(report, wantsColor ? colored : plain)}\n`)
  try {
    new RunStore(folder).write('report.json', text)
    if (!how.json) print(`report: ${relative(process.cwd(), join(folder, 'report.json'))}\n`)
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
  }
}
