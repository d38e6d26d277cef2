import { charactersOf, widthOf } from './width.ts'

/**
 * Lines of at most `width` columns, broken between words, and inside one that is longer than a line. Further lines keep the
 * indent of their first. A URL is there to be copied and stays whole, unless said otherwise.
 */
export function wrap(text: string, width: number, { wholeUrls = true } = {}): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, Math.floor(width / 2)))
    return wrapLine(line.trim(), width - indent.length, wholeUrls).map((part) => indent + part)
  })
}

function wrapLine(line: string, width: number, wholeUrls: boolean): string[] {
  const lines: string[] = []
  let current = ''
  const add = (part: string) => {
    const joined = current === '' ? part : `${current} ${part}`
    if (current !== '' && widthOf(joined) > width) lines.push(current)
    current = current !== '' && widthOf(joined) > width ? part : joined
  }
  for (const word of line.split(/ +/)) {
    if (wholeUrls && /^https?:\/\//.test(word)) add(word)
    else for (const part of partsOf(word, width)) add(part)
  }
  return [...lines, current]
}

/** A word in pieces that fit a line. */
function partsOf(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word]
  const parts = ['']
  let columns = 0
  for (const { character, columns: more } of charactersOf(word)) {
    columns += more
    if (columns > width) {
      parts.push('')
      columns = more
    }
    parts[parts.length - 1] += character
  }
  return parts
}
