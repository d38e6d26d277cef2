/** The type of a body: `application/hal+json; charset=utf-8`. */
export interface ContentType {
  readonly main: string
  readonly sub: string
  /** What follows the `+`; `''` without one. */
  readonly suffix: string
  readonly parameters: Readonly<Record<string, string>>
}

/** `undefined` for what is no content type. */
export function parseContentType(text: string): ContentType | undefined {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim())
  const [, main = '', sub = '', suffix = ''] =
    /^([\w!#$&^.*-]+)\/([\w!#$&^.*-]+(?:\+[\w!#$&^.-]+)*?)(?:\+([\w.-]+))?$/.exec(type.toLowerCase()) ?? []
  if (main === '') return undefined
  return { main, sub, suffix, parameters: Object.fromEntries(parameters.flatMap(parseParameter)) }
}

function parseParameter(text: string): [string, string][] {
  const [, name = '', value = ''] = /^([^=\s]+)\s*=\s*(.*)$/.exec(text) ?? []
  const plain = value.replace(/^"(.*)"$/, '$1')
  // The names of character sets have no case; of other values one cannot know.
  return name === '' ? [] : [[name.toLowerCase(), name.toLowerCase() === 'charset' ? plain.toLowerCase() : plain]]
}

export function formatContentType({ main, sub, suffix, parameters }: ContentType): string {
  const rest = Object.entries(parameters).map(([name, value]) => `;${name}=${value}`)
  return `${main}/${sub}${suffix === '' ? '' : `+${suffix}`}${rest.join('')}`
}

/** Whether a body of type `actual` can be compared with one of type `wanted`, or with what its suffix says it is. */
export function isComparable(wanted: ContentType, actual: ContentType): boolean {
  const base = { ...actual, sub: actual.suffix === '' ? actual.sub : actual.suffix, suffix: '', parameters: {} }
  return isEquivalent(wanted, actual) || isEquivalent(wanted, base)
}

function isEquivalent(wanted: ContentType, actual: ContentType): boolean {
  const names = Object.keys(wanted.parameters)
  if (names.length > 0 && formatContentType(sorted(wanted)) !== formatContentType(sorted(actual))) return false
  if (isPlainXml(wanted) && isPlainXml(actual)) return true
  return wanted.main === actual.main && wanted.sub === actual.sub && wanted.suffix === actual.suffix
}

function sorted(type: ContentType): ContentType {
  return { ...type, parameters: Object.fromEntries(Object.entries(type.parameters).toSorted()) }
}

function isPlainXml({ main, sub, suffix }: ContentType): boolean {
  return (main === 'application' || main === 'text') && sub === 'xml' && suffix === ''
}

/** How bodies of a type are compared. */
export type Way = 'json' | 'xml' | 'form' | 'multipart' | 'binary' | 'text'

export function wayOf(type: ContentType): Way {
  const { main, sub, suffix } = type
  if (main === 'application' && (sub.startsWith('json') || suffix === 'json' || sub === 'graphql')) return 'json'
  if (isPlainXml(type) || suffix === 'xml') return 'xml'
  if (main === 'multipart') return 'multipart'
  if (main === 'application' && sub === 'x-www-form-urlencoded') return 'form'
  return main === 'text' || main === '*' ? 'text' : 'binary'
}
