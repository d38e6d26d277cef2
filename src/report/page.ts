import { type Paint, plain } from './paint.ts'
import { paintCell, textOf, type Cell } from './cell.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

/** What a text is laid out for. */
export interface Page {
  width: number
  paint: Paint
}

const narrowest = 80
const widest = 120

/** As wide as the terminal, within bounds that read well; a pipe, and a terminal narrower than that, is 80 columns. */
export function pageOf(columns: number | undefined, paint: Paint = plain): Page {
  return { width: Math.min(Math.max(columns ?? narrowest, narrowest), widest), paint }
}

/** A text behind a prefix, wrapped in a column of its own unless the prefix leaves no room for one. */
export function hang(page: Page, prefix: Cell, text: Cell): string {
  const { width, paint } = page
  const indent = widthOf(textOf(prefix))
  if (indent > width / 2) return hang(page, '', textOf(prefix) + textOf(text))
  return wrap(textOf(text), width - indent)
    .map((line, index) => (index === 0 ? paintCell(paint, prefix) : ' '.repeat(indent)) + paintCell(paint, text, line))
    .join('\n')
}

/** `  broken     during: …`: a text beside its label. */
export function labelled(page: Page, label: Cell, text: Cell): string {
  const padded = `  ${textOf(label).padEnd(11)}`
  return hang(page, typeof label === 'string' ? padded : { ...label, text: padded }, text)
}
