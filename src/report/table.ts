import { type Cell, paintCell, textOf } from './cell.ts'
import type { Page } from './page.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

/** Columns padded to their widest cell; the widest are folded until all fit the page. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], { width, paint }: Page): string {
  const longest = (measure: (text: string) => number) =>
    head.map((_, column) => Math.max(...[head, ...rows].map((row) => measure(textOf(row[column] ?? '')))))
  const longestWord = (text: string) => Math.max(...text.split(/\s/).map(widthOf))
  const widths = fit(longest(widthOf), longest(longestWord), width - 2 * (head.length - 1))
  const render = (row: readonly Cell[]) => {
    const columns = widths.map((size, column) => {
      const cell = row[column] ?? ''
      return wrap(textOf(cell), size, { wholeUrls: false }).map(
        (line) => paintCell(paint, cell, line) + ' '.repeat(Math.max(0, size - widthOf(line))),
      )
    })
    const height = Math.max(...columns.map(({ length }) => length))
    return Array.from({ length: height }, (_, index) =>
      columns
        .map((lines, column) => lines[index] ?? ' '.repeat(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ).join('\n')
  }
  return [render(head), widths.map((size) => '─'.repeat(size)).join('──'), ...rows.map(render)].join('\n')
}

/** Takes from the widest column until all are within `room`, and breaks words only when that alone is not enough. */
function fit(widths: readonly number[], words: readonly number[], room: number): number[] {
  const fitted = widths.map((width) => Math.min(width, room))
  for (let excess = fitted.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess--) {
    const foldable = fitted.map((width, column) => (width > (words[column] ?? 0) ? width : 0))
    const choice = foldable.some((width) => width > 0) ? foldable : fitted
    const widest = choice.indexOf(Math.max(...choice))
    fitted[widest] = (fitted[widest] ?? 0) - 1
  }
  return fitted
}
