import type { Cursor } from './cursor.ts'
import { escapeInClass } from './escape.ts'
import { posixSets } from './sets.ts'
import { Untranslatable } from './untranslatable.ts'

/** A class, from behind its `[` to its `]`. */
export function charClass(cursor: Cursor): string {
  let written = cursor.skip('^') ? '[^' : '['
  if (cursor.next === ']')
    throw new Untranslatable('a class that begins with "]", which is empty to some and not to others')
  /** What came last: a character can begin a range, a set or the end of a range cannot. */
  let last: 'nothing' | 'character' | 'set' | 'dash' = 'nothing'
  while (!cursor.skip(']')) {
    if (cursor.isAtEnd) throw new Untranslatable('a class that does not end')
    if (cursor.skip('-')) {
      const isRange: boolean = last === 'character' && beginsWithCharacter(cursor)
      written += isRange ? '-' : String.raw`\-`
      last = isRange ? 'dash' : 'set'
      continue
    }
    const { text, isSet } = item(cursor)
    written += text
    last = isSet || last === 'dash' ? 'set' : 'character'
  }
  return `${written}]`
}

function item(cursor: Cursor): { text: string; isSet: boolean } {
  if (cursor.skip('\\')) return escapeInClass(cursor)
  const posix = cursor.match(/\[:(\^?\w+):\]/y)
  if (posix) {
    const text = posixSets[posix[1] ?? '']
    if (text === undefined) throw new Untranslatable(`the class ${posix[0]}`)
    return { text, isSet: true }
  }
  if (cursor.next === '[') throw new Untranslatable('a class within a class, which JavaScript takes for a bracket')
  if (cursor.text.startsWith('&&', cursor.at)) throw new Untranslatable('an intersection of classes')
  const character = cursor.take()
  return { text: /[\^$.*+?()[{}|/]/.test(character) ? `\\${character}` : character, isSet: false }
}

function beginsWithCharacter({ text, at }: Cursor): boolean {
  const next = text.slice(at, at + 2)
  return next !== '' && next[0] !== ']' && next !== '[:' && !/^\\[dDwWsSpP]/.test(next)
}
