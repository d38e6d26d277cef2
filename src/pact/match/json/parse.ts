import { WholeDecimal } from './kind.ts'

/** The third argument of a reviver, which not every version of the typings knows. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

const keepDecimals: Reviver = (_key, value, { source = '' }) =>
  typeof value === 'number' && Number.isInteger(value) && /[.eE]/.test(source) ? new WholeDecimal(value) : value

/** A number that may be one: behind what can stand before a number, so that few texts in quotes look like it. */
const wholeDecimal = /(?:^|[[:,\s])-?\d+(?:\.0+(?!\d)|(?:\.\d+)?[eE])/

/**
 * Parses the text of a body. With `exact`, a 9.0 comes as a `WholeDecimal`, which is several times slower where the text
 * may hold one. Throws `SyntaxError`.
 */
export function parseJson(text: string, exact: boolean): unknown {
  if (!exact || !wholeDecimal.test(text)) return JSON.parse(text)
  return JSON.parse(text, keepDecimals as Parameters<typeof JSON.parse>[1])
}
