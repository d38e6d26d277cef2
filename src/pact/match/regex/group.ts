import type { Cursor } from './cursor.ts'
import { Untranslatable } from './untranslatable.ts'

/** How a group is written in JavaScript, from its `(` on. */
type Group =
  | { kind: 'group' | 'atomic'; written: string; close: string }
  /** Options that hold to the end of the group around them. */
  | { kind: 'options'; written: string }
  /** All of it, with its `)`. */
  | { kind: 'whole'; written: string }
  | { kind: 'comment' }

/** What follows a `(`. `atomic` is a free name, `flags` are those that hold already. */
export function openGroup(cursor: Cursor, { atomic, flags }: { atomic: string; flags: string }): Group {
  if (!cursor.skip('?')) return { kind: 'group', written: '(', close: ')' }
  if (cursor.skip('#')) return (cursor.until(')'), { kind: 'comment' })
  const plain = cursor.match(/:|=|!|<=|<!/y)
  if (plain) return { kind: 'group', written: `(?${plain[0]}`, close: ')' }
  const reference = cursor.match(/P=(\w+)\)/y)
  if (reference) return { kind: 'whole', written: String.raw`\k<${reference[1]}>` }
  const name = cursor.match(/P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)'/y)
  if (name) return { kind: 'group', written: `(?<${name[1] ?? name[2]}>`, close: ')' }
  if (cursor.skip('>')) {
    return { kind: 'atomic', written: `(?:(?=(?<${atomic}>`, close: String.raw`))\k<${atomic}>)` }
  }
  const options = cursor.match(/([a-z]*)(?:-([a-z]+))?([:)])/y)
  if (!options) throw new Untranslatable(`a group "(?${cursor.next}"`)
  const written = `(?${writeOptions(options[1] ?? '', options[2] ?? '', flags)}:`
  return options[3] === ')' ? { kind: 'options', written } : { kind: 'group', written, close: ')' }
}

/** Ruby writes the options that are off as well, `(?-mix:…)`: those were not on. */
function writeOptions(on: string, off: string, flags: string): string {
  if (/[^is]/.test(on)) throw new Untranslatable(`the options "${on}", which mean different things or are not known`)
  if (/[^imsx]/.test(off)) throw new Untranslatable(`the options "-${off}"`)
  const offNow = [...off].filter((flag) => flags.includes(flag)).join('')
  return offNow === '' ? on : `${on}-${offNow}`
}
