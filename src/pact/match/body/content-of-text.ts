/** The content type that a text seems to have. */
export function contentOfText(text: string): string {
  if (/^\s*<\?xml\s*version/.test(text)) return 'application/xml'
  if (/^\s*<(!doctype|html)\b/i.test(text)) return 'text/html'
  if (/^\s*<\w/.test(text)) return 'application/xml'
  return isJson(text) ? 'application/json' : 'text/plain'
}

function isJson(text: string): boolean {
  if (!/^\s*(true|false|null|[\d"[{-])/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
