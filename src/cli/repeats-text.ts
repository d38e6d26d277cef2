import { unsteadyOf } from '../gate/unsteady.ts'
import type { Page } from '../report/page.ts'
import { table } from '../report/table.ts'
import type { Outcome } from './play-once.ts'

/** How several runs of the same ended, and which promises were not the same every time. */
export function renderRepeats(outcomes: readonly Outcome[], page: Page): string {
  const rows = outcomes.map(({ run, seed, report, exitCode }) => [
    run,
    String(seed),
    report?.word ?? 'no report',
    String(exitCode),
  ])
  const unsteady = unsteadyOf(outcomes.flatMap(({ report }) => report ?? [])).flatMap(({ promise, statuses }) => [
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
