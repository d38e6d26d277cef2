import type { Problem } from './errors.ts'

interface Token {
  text: string
  at: number
}

/** Tokens `from` ≤ index < `to`: where a value is written. */
interface Range {
  from: number
  to: number
}

/**
 * The 1-based line where the keys of `path` lead in the text of a JavaScript or TypeScript file: that of the last key
 * which is found, each searched inside the value of the former. A number counts the elements of an array literal. A key
 * that is not written there (a part that a function added) is passed over; a name that stands for a value is followed to its declaration in the same file.
 */
export function locate(sourceText: string, path: readonly string[]): number | undefined {
  const tokens = tokensOf(sourceText)
  let range: Range = { from: 0, to: tokens.length }
  let found: Token | undefined
  for (const key of path) {
    const element = /^\d+$/.test(key) ? elementOf(tokens, range, Number(key)) : undefined
    const index = element?.from ?? findKey(tokens, range, key)
    if (index === undefined) continue
    found = tokens[index]
    range = element ?? valueOf(tokens, index)
  }
  return found && sourceText.slice(0, found.at).split('\n').length
}

/** Adds the line to each problem that names a file but no line; `read` gives a file's text. */
export function withLines(problems: readonly Problem[], read: (file: string) => string | undefined): Problem[] {
  const texts = new Map<string, string | undefined>()
  return problems.map((problem) => {
    const { file, path } = problem
    if (file === undefined || problem.line !== undefined) return problem
    if (!texts.has(file)) texts.set(file, read(file))
    const line = locate(texts.get(file) ?? '', path)
    return line === undefined ? problem : { ...problem, line }
  })
}

/**
 * `contracts/x.contract.ts:12  interactions › read an article › degraded: message`, and the hint on a line of its own.
 * The problems of a file stand together, files are parted by an empty line.
 */
export function formatProblems(problems: readonly Problem[]): string {
  const byFile = Map.groupBy(problems, (problem) => problem.file)
  return [...byFile.values()].map((ofFile) => ofFile.map(format).join('\n')).join('\n\n')
}

function format({ file, line, path, message, hint }: Problem): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}  `
  const trail = path.length === 0 ? '' : `${path.join(' › ')}: `
  return `${place}${trail}${message}${hint === undefined ? '' : `\n    ${hint}`}`
}

const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[\p{ID_Start}$_][\p{ID_Continue}$]*|\S/gu

function tokensOf(text: string): Token[] {
  return [...text.matchAll(tokenPattern)]
    .filter(([token]) => !token.startsWith('//') && !token.startsWith('/*'))
    .map((match) => ({ text: match[0], at: match.index }))
}

/** The shallowest place where `key` is written as a key: `key:`, `'key':`, `key(…) {`, or short for `key: key`. */
function findKey(tokens: readonly Token[], range: Range, key: string): number | undefined {
  let best: { index: number; depth: number } | undefined
  let depth = 0
  for (let index = range.from; index < range.to; index++) {
    const text = tokens[index]?.text ?? ''
    depth += depthStep(text)
    if (best && depth >= best.depth) continue
    const isString = /^['"`]/.test(text)
    if ((isString ? unquote(text) : text) !== key) continue
    const before = tokens[index - 1]?.text ?? ''
    const after = tokens[index + 1]?.text ?? ''
    const isShort = !isString && /^[{,]$/.test(before) && /^[,}]$/.test(after)
    const isMethod = /^([{,*]|async)$/.test(before) && after === '('
    if (after === ':' || isShort || isMethod) best = { index, depth }
  }
  return best?.index
}

/** Where element number `wanted` of an array literal is written; `undefined` when there is no such literal or element. */
function elementOf(tokens: readonly Token[], range: Range, wanted: number): Range | undefined {
  if (tokens[range.from]?.text !== '[') return undefined
  let element = endOfValue(tokens, range.from + 1)
  for (let number = 0; number < wanted; number++) {
    if (element.to >= range.to - 1) return undefined
    element = endOfValue(tokens, element.to + 1)
  }
  return element
}

/** Where the value of the key at `index` is written. */
function valueOf(tokens: readonly Token[], index: number): Range {
  const isShort = tokens[index + 1]?.text !== ':' && tokens[index + 1]?.text !== '('
  const range = endOfValue(tokens, isShort ? index : index + 2)
  const name = tokens[range.from]?.text ?? ''
  return (range.to - range.from === 1 && declarationOf(tokens, name)) || range
}

/** The value in `const name = …` or `const name: Type = …`. */
function declarationOf(tokens: readonly Token[], name: string): Range | undefined {
  const declared = tokens.findIndex(
    (token, index) => token.text === name && /^(const|let|var)$/.test(tokens[index - 1]?.text ?? ''),
  )
  if (declared === -1) return undefined
  const assigned = tokens.findIndex((token, index) => index > declared && token.text === '=')
  return assigned === -1 ? undefined : endOfValue(tokens, assigned + 1)
}

/** From `from` to the comma or bracket that ends the value, or, after `=`, to what can only begin a new statement. */
function endOfValue(tokens: readonly Token[], from: number): Range {
  let depth = 0
  for (let to = from; to < tokens.length; to++) {
    const text = tokens[to]?.text ?? ''
    depth += depthStep(text)
    const ends = depth < 0 || (depth === 0 && /^(,|;|const|let|var|export|function|import)$/.test(text))
    if (ends && to > from) return { from, to }
  }
  return { from, to: tokens.length }
}

function depthStep(text: string): number {
  if (text === '{' || text === '[' || text === '(') return 1
  return text === '}' || text === ']' || text === ')' ? -1 : 0
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}
