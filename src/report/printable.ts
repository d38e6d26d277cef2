import { stripVTControlCharacters } from 'node:util'

/**
 * Text that came from services and users, fit for a terminal, an XML file and a page: colours are taken off, and what is no
 * text, or would turn or hide other text, is `�`. Lines end with `\n`. Deep: every string of a report.
 */
export function printable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? printableText(part) : part,
  ) as Value
}

const noText = /[^\P{Cc}\n]|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|[\u2028\u2029]/gu

function printableText(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .replace(noText, '�')
}

/** On one line, at most `length` characters of it. */
export function oneLine(text: string, length = 120): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= length) return line
  return `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
