import { BrownoutError, exitCodes } from '../core/errors.ts'
import type { Json, RequestTemplate, Row } from './define.ts'

/** A request ready to be sent. `path` holds the query too; header names are in lower case. */
export interface FilledRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
}

type Value = Row[string]

/** A place in a request. There is no way to write one that is meant literally: give a parameter that value. */
export const placePattern = /\{([A-Za-z_][\w-]*)\}/g

/** Fixed text, or a place for a value and how the value is written there. */
type Segment = string | { readonly name: string; readonly write: (value: Value) => string }

/** The names of the `{name}` places of a request, each once, in the order of path, query, headers and body. */
export function placeholders(request: RequestTemplate): string[] {
  const { path, headers, body } = cutRequest(request)
  const segments = [...path, ...headers.flatMap(([, value]) => value), ...(body ?? [])]
  return [...new Set(segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.name])))]
}

/** Throws `BrownoutError` when a place has no value in `row`. To fill a request many times, prepare it once. */
export function fillRequest(request: RequestTemplate, row: Row): FilledRequest {
  return prepareRequest(request)(row)
}

/**
 * Cuts a request at its places, so that filling it is a matter of joining text. Values are URL-encoded in path and
 * query and raw in headers; a string of the body that is nothing but `{name}` becomes the value itself, number or boolean.
 * A value is never searched for places again.
 */
export function prepareRequest(request: RequestTemplate): (row: Row) => FilledRequest {
  const { path, headers, body } = cutRequest(request)
  const join = (segments: readonly Segment[], row: Row) => {
    let text = ''
    for (const segment of segments) {
      if (typeof segment === 'string') text += segment
      else if (Object.hasOwn(row, segment.name)) text += segment.write(row[segment.name] as Value)
      else throw missing(request, segment.name)
    }
    return text
  }
  return (row) => {
    const filled: Record<string, string> = {}
    for (const [name, value] of headers) filled[name] = join(value, row)
    return { method: request.method, path: join(path, row), headers: filled, body: body && join(body, row) }
  }
}

function cutRequest({ path, query = {}, headers = {}, body }: RequestTemplate) {
  const inUrl = (value: Value) => encodeURIComponent(String(value).toWellFormed())
  const raw = (value: Value) => String(value)
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), cut(value, raw, raw)] as const)
  const typed = body === undefined || named.some(([name]) => name === 'content-type')
  return {
    path: merge([
      ...cut(path, raw, inUrl),
      ...Object.entries(query).flatMap(([name, value], index) => [
        `${index === 0 ? '?' : '&'}${inUrl(name)}=`,
        ...cut(value, inUrl, inUrl),
      ]),
    ]),
    headers: typed ? named : [...named, ['content-type', ['application/json']] as const],
    body: body === undefined ? null : merge(cutJson(body)),
  }
}

/** `fixed` writes the text between the places, `write` the values in them. */
function cut(text: string, fixed: (text: string) => string, write: (value: Value) => string): Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (const match of text.matchAll(placePattern)) {
    segments.push(fixed(text.slice(from, match.index)), { name: match[1] ?? '', write })
    from = match.index + match[0].length
  }
  return [...segments, fixed(text.slice(from))]
}

function cutJson(value: Json): Segment[] {
  if (typeof value === 'string') {
    const quoted = (part: Value) => JSON.stringify(String(part)).slice(1, -1)
    const [before, only, after, ...others] = cut(value, quoted, quoted)
    const isWhole = before === '' && after === '' && others.length === 0
    if (isWhole && typeof only === 'object') return [{ name: only.name, write: JSON.stringify }]
    return ['"', ...cut(value, quoted, quoted), '"']
  }
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  if (Array.isArray(value)) {
    return ['[', ...value.flatMap((item: Json, index) => [index === 0 ? '' : ',', ...cutJson(item)]), ']']
  }
  const members = Object.entries(value).flatMap(([key, member], index) => [
    `${index === 0 ? '' : ','}${JSON.stringify(key)}:`,
    ...cutJson(member),
  ])
  return ['{', ...members, '}']
}

function merge(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = []
  for (const segment of segments) {
    const last = merged.at(-1)
    if (typeof segment === 'string' && typeof last === 'string') merged[merged.length - 1] = last + segment
    else merged.push(segment)
  }
  return merged
}

function missing({ method, path }: RequestTemplate, name: string): BrownoutError {
  return new BrownoutError('VALUE_MISSING', `Failed to fill "${method} ${path}": there is no value for {${name}}.`, {
    exitCode: exitCodes.usage,
    hint: `Give "${name}" an example in the interaction's parameters, or have its provider state yield one.`,
  })
}
