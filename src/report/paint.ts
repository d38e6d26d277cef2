import { styleText } from 'node:util'

export type Color = 'bold' | 'dim' | 'green' | 'red' | 'yellow'
export type Paint = (color: Color, text: string) => string

export const plain: Paint = (_, text) => text
export const colored: Paint = (color, text) => styleText(color, text, { validateStream: false })

/** Colours where a person looks on; `NO_COLOR` and, after it, `FORCE_COLOR` (not `0` or `false`) say otherwise. */
export function paintFor(isTerminal: boolean, { NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv): Paint {
  if (NO_COLOR) return plain
  if (FORCE_COLOR) return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? plain : colored
  return isTerminal ? colored : plain
}
