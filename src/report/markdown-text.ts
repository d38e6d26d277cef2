/** Text as it is, in a line of Markdown: no markup, formula or link, no mention of a person or an issue, no new line. */
export function inline(text: string): string {
  return html(text)
    .replace(/[\\`*_[\]|~$]|:(?=\/\/|\w+:)|(?<=www)\.(?=\S)/gi, '\\$&')
    .replace(/^(\d*)([-+#=.)])/, '$1\\$2')
}

/** The same inside an HTML tag, where Markdown does not count. */
export function html(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/@(?=\w)|#(?=\d)/g, '$&\u2060')
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A block of code that no text can end early. */
export function codeBlock(text: string, language: 'text' | 'sh' = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** `cells` are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** As many of the first lines as fit into so many bytes; `rest` says how many do not. */
export function fitted(lines: readonly string[], bytes: number, rest: (more: number) => string): string[] {
  const room = bytes - byteLength(rest(lines.length))
  let used = 0
  const count = lines.findIndex((line) => (used += byteLength(line) + 2) > room)
  return count === -1 ? [...lines] : [...lines.slice(0, count), rest(lines.length - count)]
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}
