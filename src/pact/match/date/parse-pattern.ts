import { fieldPiece } from './field.ts'
import { type Piece, exactly } from './piece.ts'

/** A run of one letter, quoted text, two quotes for one, or what stands between fields. */
const token = /([A-Za-z])\1*|'((?:[^']|'')+)'|''|[^A-Za-z\d'{}[\]]+/y

/** A regular expression for a pattern of Java's DateTimeFormatter; `undefined` when it is none. */
export function parsePattern(format: string): RegExp | undefined {
  const pieces: Piece[] = []
  let at = 0
  while (at < format.length) {
    token.lastIndex = at
    const [whole = '', letter, quoted] = token.exec(format) ?? []
    const piece = letter === undefined ? textPiece(whole, quoted) : fieldPiece(letter, whole.length)
    if (piece === undefined) return undefined
    pieces.push(piece)
    at += whole.length
  }
  const sources = pieces.map(({ source, full }, index) => (pieces[index + 1]?.isDigits ? full : source))
  return pieces.length > 0 ? compile(sources.join('')) : undefined
}

/** A pattern may have one zone's id at most: a second group of that name is an error. */
function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(`^${source}$`)
  } catch {
    return undefined
  }
}

function textPiece(whole: string, quoted: string | undefined): Piece | undefined {
  if (quoted !== undefined) return exactly(quoted.replaceAll("''", "'"))
  if (whole === '') return undefined
  return exactly(whole === "''" ? "'" : whole)
}
