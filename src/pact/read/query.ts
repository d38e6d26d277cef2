import { isRecord, show } from '../../contract/place.ts'
import type { PactRequest } from '../model.ts'
import type { PactPlace } from './place.ts'

/** A query written as text, still encoded, or as a map of texts or lists of texts, which are decoded. */
export function readQuery(value: unknown, place: PactPlace): PactRequest['query'] {
  if (value === undefined || value === null) return {}
  if (typeof value === 'string') return parseQuery(value)
  const parameters = Object.entries(place.record(value, 'the query') ?? {})
  return Object.fromEntries(
    parameters.map(([name, written]) => {
      const values: readonly unknown[] = Array.isArray(written) ? written : [written]
      return [
        name,
        values.map((one, index) => readValue(one, Array.isArray(written) ? place.at(name, index) : place.at(name))),
      ]
    }),
  )
}

function readValue(value: unknown, place: PactPlace): string | null {
  if (value === null) return null
  if (!isRecord(value) && !Array.isArray(value)) return String(value)
  place.report(`${show(value)} is no value of a parameter`, 'A parameter has a text, or a list of texts.')
  return null
}

function parseQuery(text: string): PactRequest['query'] {
  const parameters = new Map<string, (string | null)[]>()
  for (const part of text.split('&').filter(Boolean)) {
    const sign = part.indexOf('=')
    const name = decode(sign === -1 ? part : part.slice(0, sign))
    const value = sign === -1 ? null : decode(part.slice(sign + 1))
    const values = parameters.get(name)
    if (values) values.push(value)
    else parameters.set(name, [value])
  }
  return Object.fromEntries(parameters)
}

/** What is no encoding of a character stays as it is. */
function decode(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/(?:%[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes)
    } catch {
      return bytes
    }
  })
}
