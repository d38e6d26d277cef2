import { join, relative } from 'node:path'
import { RunStore } from '../record/store.ts'
import { renderJson } from '../report/json.ts'
import { renderJunit } from '../report/junit.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { noCommands } from '../report/no-commands.ts'
import { pageOf } from '../report/page.ts'
import { paintFor } from '../report/paint.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal.ts'

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

/** Prints a report, and where it was stored. On a quiet terminal, only what is not well, and the decision. */
export function printReport(
  report: Report,
  files: readonly string[],
  how: { json: boolean; quiet: boolean; format?: Format | undefined },
): void {
  const { json, quiet, format = json ? 'json' : 'terminal' } = how
  if (format !== 'terminal') return print(stored[format].render(report))
  if (quiet) return print(renderForTerminal(report, quiet))
  const places = files.map((file) => `report: ${relative(process.cwd(), file)}\n`)
  print(`\n${renderForTerminal(report, quiet)}\n${places.join('')}`)
}

function renderForTerminal(report: Report, quiet: boolean): string {
  const { columns, isTTY } = process.stdout
  return renderTerminal(report, pageOf(columns, paintFor(isTTY === true, process.env)), { quiet })
}

/** Stores a report beside its run, in every form; returns the files. Throws `UNWRITABLE`. */
export function storeReport(report: Report, folder: string): string[] {
  const run = new RunStore(folder)
  return Object.values(stored).map(({ file, render }) => {
    run.write(file, render(report))
    return join(folder, file)
  })
}
