/** A pattern of KEYS as a regular expression: `*`, `?`, `[a-c]`, `[^a]`, and `\` before what stands for itself. */
export function globToRegExp(pattern: string): RegExp {
  let source = ''
  let at = 0
  const literal = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  const next = () => pattern[at++] ?? ''
  const escaped = () => literal(at < pattern.length ? next() : '\\')

  const characterClass = () => {
    let members = ''
    if (pattern[at] === '^') members += next()
    while (at < pattern.length) {
      const char = next()
      if (char === ']') break
      if (char === '\\') members += escaped()
      else if (pattern[at] === '-' && at + 1 < pattern.length) {
        at++
        members += [char, next()].toSorted().map(literal).join('-')
      } else members += literal(char)
    }
    return `[${members}]`
  }

  while (at < pattern.length) {
    const char = next()
    if (char === '*') source += source.endsWith('[^]*') ? '' : '[^]*'
    else if (char === '?') source += '[^]'
    else if (char === '[') source += characterClass()
    else source += char === '\\' ? escaped() : literal(char)
  }
  return new RegExp(`^${source}$`)
}
