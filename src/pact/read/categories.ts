/** The parts of a request, a response or a message that rules and generators speak of; contents are a body. */
export type Category = 'path' | 'query' | 'header' | 'body' | 'status' | 'metadata'

const categories = new Map<string, Category>([
  ['path', 'path'],
  ['query', 'query'],
  ['header', 'header'],
  ['headers', 'header'],
  ['body', 'body'],
  ['content', 'body'],
  ['contents', 'body'],
  ['status', 'status'],
  ['metadata', 'metadata'],
])

/** The category of that name, in any of its spellings. */
export function categoryOf(name: string): Category | undefined {
  return categories.get(name.toLowerCase())
}
