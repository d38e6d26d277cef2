import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'

/** Without flags, or with some of `ims`: the others change nothing for one test of one text. */
export function readPattern(source: string): AST.Pattern {
  const parser = new RegExpParser()
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true })
  } catch {
    return parser.parsePattern(source)
  }
}

/**
 * A pattern of JavaScript as stock Pact tools (Rust) read it, meaning the same; `undefined` when they cannot: their
 * engine has no lookaround and no back-references. `flags` are those of a RegExp.
 */
export function portable(source: string, flags = ''): string | undefined {
  const changes: { start: number; end: number; text: string }[] = []
  let isPortable = true
  const refuse = () => (isPortable = false)
  visitRegExpAST(readPattern(source), {
    onAssertionEnter: ({ kind }) => (kind === 'lookahead' || kind === 'lookbehind') && refuse(),
    onBackreferenceEnter: refuse,
    onCharacterClassEnter: ({ unicodeSets }) => unicodeSets && refuse(),
    onCharacterSetEnter({ kind, start, end, parent, ...set }) {
      if (kind !== 'digit' && kind !== 'word') return
      const negate = 'negate' in set && set.negate
      const characters = kind === 'digit' ? '0-9' : 'A-Za-z0-9_'
      if (parent.type !== 'CharacterClass') changes.push({ start, end, text: `[${negate ? '^' : ''}${characters}]` })
      else if (!negate) changes.push({ start, end, text: characters })
    },
    onCharacterEnter({ raw, start, end, parent }) {
      // Signs that begin a set within a set there.
      const text = parent.type === 'CharacterClass' ? nested.get(raw) : undefined
      if (text !== undefined) changes.push({ start, end, text })
    },
  })
  if (!isPortable) return undefined
  let text = source
  for (const { start, end, text: by } of changes.toReversed()) text = text.slice(0, start) + by + text.slice(end)
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('')
  return kept === '' ? text : `(?${kept})${text}`
}

const nested = new Map([
  ['[', String.raw`\[`],
  ['&', String.raw`\x26`],
  ['~', String.raw`\x7e`],
])

/** Text as a pattern that matches nothing else. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
