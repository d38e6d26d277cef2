/** What the classes of POSIX hold, in the way that a class of JavaScript writes it: `[[:alpha:]]`. All of Unicode, as Ruby has it. */
export const posixSets: Readonly<Record<string, string>> = {
  alpha: String.raw`\p{L}\p{M}`,
  digit: String.raw`\p{Nd}`,
  alnum: String.raw`\p{L}\p{M}\p{Nd}`,
  upper: String.raw`\p{Lu}`,
  lower: String.raw`\p{Ll}`,
  space: String.raw`\s`,
  blank: String.raw`\p{Zs}\t`,
  punct: String.raw`\p{P}$+<=>\^${'`'}\|~`,
  xdigit: 'A-Fa-f0-9',
  word: String.raw`\p{L}\p{M}\p{Nd}\p{Pc}`,
  cntrl: String.raw`\p{Cc}`,
  graph: String.raw`\p{L}\p{M}\p{N}\p{P}\p{S}`,
  print: String.raw`\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}`,
  ascii: String.raw`\x00-\x7f`,
}

/** The same by the names of Java, `\p{Alpha}`, which are about ASCII. */
const javaSets: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: String.raw`\x00-\x7f`,
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Punct: String.raw`!-\/:-@\[-${'`'}\{-~`,
  Graph: '!-~',
  Print: ' -~',
  Blank: String.raw` \t`,
  Cntrl: String.raw`\x00-\x1f\x7f`,
  XDigit: 'A-Fa-f0-9',
  Space: String.raw`\t-\r `,
}

/** What `\p{name}` holds: a set, or a property that JavaScript knows by this name or a similar one. */
export function propertySet(name: string): string | undefined {
  const set = javaSets[name]
  if (set !== undefined) return set
  const plain = name.replace(/^Is/, '')
  return [name, plain, `Script=${plain}`].map((each) => String.raw`\p{${each}}`).find(isProperty)
}

function isProperty(written: string): boolean {
  try {
    return new RegExp(written, 'u').source !== ''
  } catch {
    return false
  }
}
