import { stripVTControlCharacters } from 'node:util'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u
/** Emoji, and the scripts of East Asia. */
const wide =
  /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Columns that a line takes on a terminal; colours take none. */
export function widthOf(text: string): number {
  const bare = stripVTControlCharacters(text)
  if (/^[ -~]*$/.test(bare)) return bare.length
  return charactersOf(bare).reduce((sum, { columns }) => sum + columns, 0)
}

/** What a reader takes for one character each, with its columns. */
export function charactersOf(text: string): { character: string; columns: number }[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({ character: segment, columns: columnsOf(segment) }))
}

function columnsOf(character: string): number {
  if (invisible.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
