import type { Color, Paint } from './paint.ts'

/** A text that may have a colour. */
export type Cell = string | { text: string; color: Color }

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

/** A cell's text, or a line of it, in its colour. */
export function paintCell(paint: Paint, cell: Cell, line = textOf(cell)): string {
  return typeof cell === 'string' || line === '' ? line : paint(cell.color, line)
}
