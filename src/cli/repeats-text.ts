import { unsteadyOf } from '../gate/unsteady.ts'
import type { Page } from '../report/page.ts'
import type { Report } from '../report/report.ts'
import { table } from '../report/table.ts'

/** How several runs of the same ended, and which promises were not the same every time. */
export function renderRepeats(reports: readonly Report[], page: Page): string {
  const rows = reports.map(({ run, word, decision }) => [run.id, String(run.seed), word, String(decision?.exitCode)])
  const unsteady = unsteadyOf(reports).flatMap(({ promise, statuses }) => [
    `  ${promise}`,
    `    ${statuses.join(', ')}`,
  ])
  return [
    table(['run', 'seed', 'verdict', 'exit'], rows, page),
    '',
    ...(unsteady.length > 0 ? ['unsteady', ...unsteady] : ['every promise was the same every time']),
    '',
  ].join('\n')
}
