import { conditions } from '../contract/condition.ts'
import type { CoverageCell } from '../verdict/verdict.ts'
import { countsOf, coverageLine, gridOf, stateOf } from './coverage-table.ts'
import { fitted, folded, inline, markdownRow } from './markdown-text.ts'
import { oneLine } from './printable.ts'
import type { Report } from './report.ts'

const signs = { proven: '✔', declared: '○', undeclared: '–' }

/** The counts, over time as well, and in a fold each interaction under each condition of each edge behind it. */
export function renderMarkdownCoverage(report: Report, bytes: number): string {
  const { coverage } = report
  if (coverage.cells.length === 0) return ''
  const { interactions, edges, at } = gridOf(coverage)
  const rows = interactions.flatMap((interaction) =>
    edges.flatMap((edge) => {
      const cells: Partial<Record<string, CoverageCell>> = at(interaction, edge)
      if (Object.keys(cells).length === 0) return []
      const states = conditions.map((condition) => {
        const cell = cells[condition]
        return cell ? signs[stateOf(cell)] : ''
      })
      return [markdownRow([inline(oneLine(interaction)), inline(oneLine(edge)), ...states])]
    }),
  )
  const head = ['interaction', 'edge', ...conditions]
  const overTime = coverageLine(report)
  const table = [
    markdownRow(head),
    markdownRow(head.map(() => '---')),
    ...fitted(rows, bytes, (more) =>
      markdownRow([`and ${more} more rows in report.json`, '', ...conditions.map(() => '')]),
    ),
    '',
    '✔ proven in this run, ○ declared, – nobody said what holds',
  ]
  return [
    `**Coverage**: ${countsOf(coverage)}${overTime === null ? '' : ` · ${overTime}`}`,
    folded('interactions × edges', table.join('\n')),
  ].join('\n\n')
}
