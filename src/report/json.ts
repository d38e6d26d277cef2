import type { Report } from './report.ts'

/** What would move a cursor or turn text where the JSON is looked at, or be a command in the log of a GitHub workflow. */
const active = /[\u007f-\u009f]|\p{Bidi_Control}|(?<=#)#(?=\[)/gu

/** The whole report, for machines. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2).replace(active, escape)}\n`
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
