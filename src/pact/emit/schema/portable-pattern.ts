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
 * A pattern of JavaScript as stock Pact tools read it, meaning the same; `undefined` where one of their engines cannot:
 * not all have lookaround and back-references. Some match a text as a whole (Oniguruma, as the Rust verifier calls it) and
 * some search in it, so the pattern speaks of the whole text. `flags` are those of a RegExp.
 */
export function portable(source: string, flags = ''): string | undefined {
  const changes: { start: number; end: number; text: string }[] = []
  let isPortable = true
  const refuse = () => (isPortable = false)
  const pattern = readPattern(source)
  visitRegExpAST(pattern, {
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
  text = spanning(pattern, text)
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('')
  return kept === '' ? text : `(?${kept})${text}`
}

/** The pattern, with anything before and after what it does not tie to the ends of a text. */
function spanning({ alternatives }: AST.Pattern, text: string): string {
  const [only, ...others] = alternatives
  const ties = (kind: 'start' | 'end', node: AST.Element | undefined) =>
    node?.type === 'Assertion' && node.kind === kind
  const isTied = (kind: 'start' | 'end') =>
    others.length === 0 && ties(kind, kind === 'start' ? only?.elements[0] : only?.elements.at(-1))
  const core = others.length > 0 ? `(?:${text})` : text
  return `${isTied('start') ? '' : String.raw`^[\s\S]*`}${core}${isTied('end') ? '' : String.raw`[\s\S]*$`}`
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
