import { ReplyError } from './reply.ts'

/** Spaces as C knows them; JavaScript's `\s` would split UTF-8 sequences that hold the byte A0. */
const spaces = ' \\t\\n\\v\\f\\r'
const space = `[${spaces}]`

/** A word: `"…"` with escapes, `'…'` without, or plain. */
const word = new RegExp(
  `${space}*(?:"((?:\\\\.|[^"\\\\])*)"|'((?:\\\\'|[^'\\\\]|\\\\(?!'))*)'|([^${spaces}"']+))(?=${space}|$)`,
  'sy',
)
const trailing = new RegExp(`${space}+$`)

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }

/** Splits a command typed by hand into its arguments. Throws when quotes do not match. */
export function splitInline(line: string): Buffer[] {
  const rest = line.replace(trailing, '')
  const words: Buffer[] = []
  word.lastIndex = 0
  while (word.lastIndex < rest.length) {
    const match = word.exec(rest)
    if (!match) throw new ReplyError('ERR Protocol error: unbalanced quotes in request')
    const [, escaped, quoted, plain] = match
    words.push(Buffer.from(unescape(escaped) ?? quoted?.replaceAll("\\'", "'") ?? plain ?? '', 'latin1'))
  }
  return words
}

function unescape(text: string | undefined): string | undefined {
  return text?.replace(/\\(?:x([0-9a-f]{2})|(.))/gis, (_, hex: string | undefined, char: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[char] ?? char),
  )
}
