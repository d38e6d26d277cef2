export const mask = '•••'

/** How names of secrets end: `accessToken`, `set-cookie`, `user[password]`, `X-Api-Key`. */
const secretEnding =
  /(authorization|cookie|password|passwd|passphrase|pwd|secret|token|credential|apikey|accesskey|privatekey)s?$/

/** Masks what usually is secret and what `names` adds, whatever the case and the hyphens of a name. */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const isSecret = secretNames(names)
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? mask : value]))
}

/**
 * Masks fields of a JSON body at any depth; JSON in which nothing is masked comes back letter by letter. Of any other
 * text, `name=value` fields and the members of what looks like broken JSON are masked. Redact before cutting.
 */
export function redactBody(text: string, names: readonly string[]): string {
  const isSecret = secretNames(names)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return redactText(text, isSecret)
  }
  try {
    return maskFields(json, isSecret) ? JSON.stringify(json) : text
  } catch {
    // Nested too deep to be walked: what cannot be looked at is not shown.
    return mask
  }
}

/** Masks parameters of a query. */
export function redactUrl(url: string, names: readonly string[]): string {
  return redactFields(url, secretNames(names))
}

function secretNames(names: readonly string[]): (name: string) => boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll(/%[0-9a-f]{2}|[^\p{L}\p{N}]/gu, '')
  const given = new Set(names.map(plain))
  return (name) => secretEnding.test(plain(name)) || given.has(plain(name))
}

/** Masks in place; tells whether there was anything to mask. */
function maskFields(json: unknown, isSecret: (name: string) => boolean): boolean {
  if (typeof json !== 'object' || json === null) return false
  let masked = false
  for (const [name, value] of Object.entries(json)) {
    if (!Array.isArray(json) && isSecret(name)) {
      Object.defineProperty(json, name, { value: mask, enumerable: true })
      masked = true
    } else if (maskFields(value, isSecret)) masked = true
  }
  return masked
}

function redactText(text: string, isSecret: (name: string) => boolean): string {
  let redacted = ''
  let from = 0
  for (const { 0: before, 1: name = '', index } of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*/g)) {
    if (index < from || !isSecret(name)) continue
    const start = index + before.length
    redacted += `${text.slice(from, start)}"${mask}"`
    from = start + memberLength(text, start)
  }
  return redactFields(redacted + text.slice(from), isSecret)
}

/** A string, perhaps cut short; from an opening bracket, all the rest; else a word. */
function memberLength(text: string, start: number): number {
  const member = /"(?:[^"\\]|\\.)*"?|[[{][^]*|[^\s,}\]]*/y
  member.lastIndex = start
  return member.exec(text)?.[0].length ?? 0
}

// Names are bounded so that a long text without "=" is not searched again from each of its letters.
function redactFields(text: string, isSecret: (name: string) => boolean): string {
  return text.replaceAll(/([^\s?&;=]{1,100})=([^\s&;#]*)/g, (whole, name: string) =>
    isSecret(name) ? `${name}=${mask}` : whole,
  )
}
