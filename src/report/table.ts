import { stripVTControlCharacters } from 'node:util'

/** Columns padded to their widest cell; colours take no width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(...[head, ...rows].map((row) => width(row[column] ?? cell))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((size) => '─'.repeat(size)).join('──'), ...rows.map(line)].join('\n')
}

function width(text: string): number {
  return stripVTControlCharacters(text).length
}
