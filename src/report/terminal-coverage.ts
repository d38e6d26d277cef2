import { type CoverageGrid, countsOf, coverageLine, gridOf, stateOf } from './coverage-table.ts'
import { hang, type Page } from './page.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { widthOf } from './width.ts'

/** Interactions by edges; each place tells how many of its conditions this run proved. */
export function renderCoverage(report: Report, page: Page): string {
  const { coverage } = report
  if (coverage.cells.length === 0) return ''
  const grid = gridOf(coverage)
  const overTime = coverageLine(report)
  return [
    hang(page, '', `Coverage: ${countsOf(coverage)}`),
    ...(overTime === null ? [] : [hang(page, '  ', overTime)]),
    ...blocksOf(grid, page).map((edges) => renderBlock(grid, edges, page)),
    ...grid.edges.map((edge, index) => hang(page, `${String(index + 1).padStart(4)}  `, edge)),
    hang(page, '  ', {
      text: 'n conditions proven · ○ declared only · – undeclared · blank: not behind it',
      color: 'dim',
    }),
  ].join('\n')
}

/** Numbers of the edges, in groups that fit beside the longest interaction, or beside half the page. */
function blocksOf({ interactions, edges }: CoverageGrid, { width }: Page): number[][] {
  const longest = Math.max(...interactions.map(widthOf))
  const columnWidth = String(edges.length).length + 2
  const size = Math.floor((width - Math.min(longest, width / 2)) / columnWidth)
  return [...Map.groupBy(edges.keys(), (index) => Math.floor(index / size)).values()]
}

function renderBlock({ interactions, edges, at }: CoverageGrid, block: readonly number[], page: Page): string {
  const shown = block.map((index) => ({ number: String(index + 1), edge: edges[index] ?? '' }))
  return table(
    ['interaction', ...shown.map(({ number }) => number)],
    interactions.map((interaction) => [
      interaction,
      ...shown.map(({ edge }) => {
        const states = Object.values(at(interaction, edge)).map(stateOf)
        const proven = states.filter((state) => state === 'proven').length
        if (states.length === 0) return ''
        if (proven > 0) return { text: String(proven), color: 'green' as const }
        return states.includes('declared') ? '○' : '–'
      }),
    ]),
    page,
  )
}
