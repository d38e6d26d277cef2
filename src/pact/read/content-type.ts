import type { Json } from '../../contract/define.ts'
import type { PactHeaders } from '../model.ts'

/** The type that the headers of a request or response state. */
export function typeInHeaders(headers: PactHeaders): string | null {
  return textOrNull(headers['content-type']?.[0])
}

/** The type that the metadata of a message states. */
export function typeInMetadata(metadata: Readonly<Record<string, Json>>): string | null {
  const [, value] = Object.entries(metadata).find(([name]) => /^content-?type$/i.test(name)) ?? []
  return textOrNull(value)
}

/** `application/json; charset=utf-8`, `application/hal+json`; as the reference has it, GraphQL too. */
export function isJsonType(contentType: string): boolean {
  const [type = '', subtype = ''] = partsOf(contentType)
  return type === 'application' && (subtype.startsWith('json') || subtype.endsWith('+json') || subtype === 'graphql')
}

/** Whether a body of this type is text; any other may be written in base64 without saying so. */
export function isTextType(contentType: string): boolean {
  const [type = '', subtype = ''] = partsOf(contentType)
  if (type === 'text' || type === '*' || isJsonType(contentType)) return true
  return type === 'application' && (/(^|\+)xml$/.test(subtype) || subtype === 'x-www-form-urlencoded')
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function partsOf(contentType: string): string[] {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase().split('/')
}
