import { type Figure, type Figures, format, isBeside, ratio, spread } from './figures.ts'

/** A line for each figure, in three columns that stand below each other. */
export function textTable(benches: readonly Figures[]): string {
  const rows = benches.flatMap(({ name, between = ['ours', 'peer'], figures }) =>
    Object.entries(figures).map(([figure, value], index) => [index === 0 ? name : '', figure, words(value, between)]),
  )
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map(([name = '', figure = '', value = '']) =>
      `${name.padEnd(widths[0] ?? 0)}  ${figure.padEnd(widths[1] ?? 0)}  ${value}`.trimEnd(),
    )
    .join('\n')
}

function words(figure: Figure, [ours, peer]: readonly [string, string]): string {
  if (typeof figure === 'string') return figure
  if (!isBeside(figure)) return format(figure)
  return `${ours} ${spread(figure.ours)} ÷ ${peer} ${spread(figure.peer)} = ${format(ratio(figure))}`
}

/** A table for a page; with a column for each side and one for the ratio where there are two. */
export function markdownTable({ between, figures }: Figures): string {
  const head = between ? ['', ...between, 'ratio'] : ['', '']
  const rows = Object.entries(figures).map(([figure, value]) => {
    if (!isBeside(value)) return [figure, typeof value === 'string' ? value : format(value)]
    return [figure, spread(value.ours), spread(value.peer), format(ratio(value))]
  })
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((row) => `| ${head.map((_, index) => row[index] ?? '').join(' | ')} |`).join('\n')
}
