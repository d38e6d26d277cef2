import { isRecord, show } from '../../contract/place.ts'
import type { PactHeaders } from '../model.ts'
import type { PactPlace } from './place.ts'

/** Headers of which the text is a list; a comma in any other belongs to its value. */
const lists = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-expose-headers',
  'access-control-request-headers',
  'allow',
  'cache-control',
  'if-match',
  'if-none-match',
  'vary',
])

/** Headers written as text or as lists. Names that differ in case only are one header. */
export function readHeaders(value: unknown, place: PactPlace): PactHeaders {
  if (value === undefined || value === null) return {}
  const headers = new Map<string, readonly string[]>()
  for (const [name, written] of Object.entries(place.record(value, 'the headers') ?? {})) {
    const key = name.toLowerCase()
    headers.set(key, [...(headers.get(key) ?? []), ...readValues(key, written, place.at(name))])
  }
  return Object.fromEntries(headers)
}

function readValues(name: string, written: unknown, place: PactPlace): string[] {
  if (Array.isArray(written)) return written.flatMap((item, index) => textOf(item, place.at(index)) ?? [])
  const text = textOf(written, place)?.trim()
  if (text === undefined) return []
  return lists.has(name) ? text.split(',').map((part) => part.trim()) : [text]
}

function textOf(value: unknown, place: PactPlace): string | undefined {
  if (value === null || value === undefined || isRecord(value) || Array.isArray(value))
    return void place.report(`${show(value)} is no value of a header`, 'A header has a text, or a list of texts.')
  return String(value)
}
