import type { Cursor } from './cursor.ts'
import { propertySet } from './sets.ts'
import { Untranslatable } from './untranslatable.ts'

/** Letters whose escape means the same everywhere, or what they mean. */
const alike: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'dDwWsSbBtnrfv'].map((letter) => [letter, `\\${letter}`])),
  a: String.raw`\x07`,
  e: String.raw`\x1b`,
  A: String.raw`(?<![\s\S])`,
  z: String.raw`(?![\s\S])`,
  Z: String.raw`(?=\n?(?![\s\S]))`,
}

const why: Readonly<Record<string, string>> = {
  h: 'a hexadecimal digit to some, white space to others',
  H: 'no hexadecimal digit to some, no white space to others',
}

/** What follows a backslash, outside of a class. */
export function escape(cursor: Cursor): string {
  const property = propertyEscape(cursor)
  if (property) return property.isNegated ? `[^${property.set}]` : `[${property.set}]`
  const point = codePoint(cursor)
  if (point !== undefined) return point
  const name = cursor.match(/k(?:<(\w+)>|'(\w+)')/y)
  if (name) return String.raw`\k<${name[1] ?? name[2]}>`
  return simple(cursor, alike)
}

/** What follows a backslash inside of a class. `isSet`: it stands for many characters, and ends no range. */
export function escapeInClass(cursor: Cursor): { text: string; isSet: boolean } {
  const property = propertyEscape(cursor)
  if (property?.isNegated && !/^\\p\{[^}]*\}$/.test(property.set))
    throw new Untranslatable('a negated set within a class')
  if (property) return { text: property.isNegated ? property.set.replace('p', 'P') : property.set, isSet: true }
  const point = codePoint(cursor)
  if (point !== undefined) return { text: point, isSet: false }
  const isSet = /[dDwWsS]/.test(cursor.next)
  if (cursor.skip('-')) return { text: String.raw`\-`, isSet }
  if (/[AzZB]/.test(cursor.next)) throw new Untranslatable(`\\${cursor.next} within a class`)
  return { text: simple(cursor, alike), isSet }
}

function simple(cursor: Cursor, known: Readonly<Record<string, string>>): string {
  const character = cursor.take()
  const meant = known[character]
  if (meant !== undefined) return meant
  if (character === '') throw new Untranslatable('a backslash with nothing behind it')
  if (character === 'c' && /[A-Za-z]/.test(cursor.next)) return String.raw`\c${cursor.take()}`
  if (character === '0' && !/\d/.test(cursor.next)) return String.raw`\0`
  if (/[A-Za-z0]/.test(character))
    throw new Untranslatable(`\\${character}${why[character] ? `, ${why[character]}` : ''}`)
  return literal(character)
}

/** A character that stands for itself. */
export function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

function codePoint(cursor: Cursor): string | undefined {
  const found = cursor.match(/x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|[xu]\{([\dA-Fa-f]+)\}/y)
  const digits = found?.[1] ?? found?.[2] ?? found?.[3]
  return digits === undefined ? undefined : String.raw`\u{${digits}}`
}

function propertyEscape(cursor: Cursor): { set: string; isNegated: boolean } | undefined {
  const found = cursor.match(/([pP])(?:\{(\^?)([\w=]+)\}|([A-Z]))/y)
  if (!found) return undefined
  const [whole, letter, caret, name = '', short = ''] = found
  const set = propertySet(name || short)
  if (set === undefined) throw new Untranslatable(`\\${whole}, a property that it does not know`)
  return { set, isNegated: (letter === 'P') !== (caret === '^') }
}
