import { join, relative } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { RunStore } from '../record/store.ts'
import { renderJson } from '../report/json.ts'
import { renderJunit } from '../report/junit.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { noCommands } from '../report/no-commands.ts'
import { pageOf } from '../report/page.ts'
import { paintFor } from '../report/paint.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal.ts'
import { tellGitHub } from './github.ts'

export function print(text: string): void {
  process.stdout.write(process.env['GITHUB_ACTIONS'] ? noCommands(text) : text)
}

/** What is stored beside a run, and what can be printed instead of the text for a terminal. */
const stored = {
  json: { file: 'report.json', render: renderJson },
  junit: { file: 'junit.xml', render: renderJunit },
  markdown: { file: 'report.md', render: renderMarkdown },
}

export type Format = 'terminal' | keyof typeof stored

/** Prints a report and stores it beside its run. On a quiet terminal, only what is not well, and the decision. */
export function printReport(
  report: Report,
  folder: string,
  how: { json: boolean; quiet: boolean; format?: Format | undefined },
): void {
  const { json, quiet, format = json ? 'json' : 'terminal' } = how
  const isTalk = format === 'terminal' && !quiet
  if (format !== 'terminal') print(stored[format].render(report))
  else print(quiet ? renderForTerminal(report, quiet) : `\n${renderForTerminal(report, quiet)}\n`)
  const files = store(report, folder)
  if (isTalk) print(files.map((file) => `report: ${relative(process.cwd(), file)}\n`).join(''))
  tellGitHub(report, process.env)
}

function renderForTerminal(report: Report, quiet: boolean): string {
  const { columns, isTTY } = process.stdout
  return renderTerminal(report, pageOf(columns, paintFor(isTTY === true, process.env)), { quiet })
}

/** The files that were written; a run that cannot be written to can still be judged. */
function store(report: Report, folder: string): string[] {
  try {
    const run = new RunStore(folder)
    return Object.values(stored).map(({ file, render }) => {
      run.write(file, render(report))
      return join(folder, file)
    })
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
    return []
  }
}
