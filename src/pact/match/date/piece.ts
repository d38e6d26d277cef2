/** A part of a date, as a regular expression writes it. */
export interface Piece {
  readonly source: string
  /** The same where a digit may come next: then it takes as many digits as it can have, and gives none back. */
  readonly full: string
  /** Whether it may begin with a digit. */
  readonly isDigits: boolean
}

/** One to so many digits. */
export function digits(most: number): Piece {
  if (most === Infinity) return { source: String.raw`\d+`, full: String.raw`\d+(?!\d)`, isDigits: true }
  return { source: String.raw`\d{1,${most}}`, full: String.raw`\d{${most}}`, isDigits: true }
}

/** A number, as it is written with all of its digits, and the shorter ways to write it. */
export function number(full: string, shorter: string): Piece {
  return { source: `(?:${full}|${shorter})`, full: `(?:${full})`, isDigits: true }
}

/** One of these, in any case. */
export function oneOf(...words: readonly string[]): Piece {
  const written = words.map((word) =>
    word.replaceAll(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`),
  )
  return matching(
    `(?:${written.join('|')})`,
    words.some((word) => /^\d/.test(word)),
  )
}

export function exactly(text: string): Piece {
  return matching(text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`), /^\d/.test(text))
}

export function matching(source: string, isDigits = false): Piece {
  return { source, full: source, isDigits }
}
