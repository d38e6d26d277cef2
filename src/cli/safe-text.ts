import { noCommands } from '../report/no-commands.ts'
import { printable } from '../report/printable.ts'

/** Text that quotes services and users, fit for a terminal and for the log of a GitHub workflow. */
export function safeText(text: string): string {
  const fit = printable(text)
  return process.env['GITHUB_ACTIONS'] ? noCommands(fit) : fit
}

/** A line on standard error. */
export function complain(text: string): void {
  process.stderr.write(`${safeText(text)}\n`)
}
