import type { Cursor } from './cursor.ts'
import { Untranslatable } from './untranslatable.ts'

export interface Quantifier {
  /** As JavaScript writes it. */
  readonly written: string
  /** Whether it repeats so often that time may grow with it: more than ten are as good as endless. */
  readonly endless: boolean
  /** Whether it repeats exactly so often. */
  readonly exact: boolean
}

/** The quantifier that comes next, without what follows it; `undefined` for a brace that is none. */
export function readQuantifier(cursor: Cursor): Quantifier | undefined {
  const found = cursor.match(/[*+?]|\{(\d+)(?:(,)(\d*))?\}|\{,(\d+)\}/y)
  if (!found) return undefined
  const [whole, min, comma, max, most] = found
  if (!whole.startsWith('{')) return { written: whole, endless: whole !== '?', exact: false }
  const exact = min !== undefined && comma === undefined
  if (cursor.next === '+' || (exact && cursor.next === '?'))
    throw new Untranslatable(`"${whole}${cursor.next}", which is not understood in the same way by all`)
  const upTo = max ?? most ?? min
  return { written: most === undefined ? whole : `{0,${most}}`, endless: upTo === '' || Number(upTo) > 10, exact }
}
