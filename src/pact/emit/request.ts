import type { Json, RequestTemplate, Row } from '../../contract/define.ts'
import { placePattern, prepareRequest } from '../../contract/fill.ts'
import type { MatcherSet, PactRequest, Rule } from '../model.ts'
import { formatPath, type PathStep } from '../path.ts'
import { inOrder } from './in-order.ts'
import { escapePattern } from './schema/portable-pattern.ts'

/** What a request's places are filled with, and which of them the provider state may fill anew. */
export interface Values {
  /** An example for every place. */
  row: Row
  fromState: ReadonlySet<string>
}

/** The request as a consumer may send it: any value in its places, all else as it is written. */
export function sayRequest(request: RequestTemplate, values: Values): PactRequest {
  const { headers = {}, query = {}, body } = request
  const filled = prepareRequest(request)(values.row)
  const generate = generatorsFor(values)
  const rules: Rule[] = []
  const inBody = body === undefined ? [] : textsOf(body)
  for (const { path, text } of inBody) if (placesOf(text).length > 0) rules.push({ path, ...likeInBody(text) })
  const named = Object.entries(filled.headers).map(([name, value]) => [name, [value]] as const)
  return {
    method: request.method,
    path: (filled.path.split('?')[0] ?? '') as string,
    query: Object.fromEntries(Object.entries(query).map(([name, text]) => [name, [fill(text, values.row)]])),
    headers: Object.fromEntries(named),
    body:
      filled.body === null
        ? { kind: 'absent' }
        : { kind: 'json', value: JSON.parse(filled.body) as Json, contentType: filled.headers['content-type'] ?? null },
    rules: {
      path: placesOf(request.path).length > 0 ? like(request.path, '[^/?#]+') : null,
      query: inOrder(keyed(query)),
      headers: inOrder(keyed(headers, (name) => name.toLowerCase())),
      body: inOrder(rules),
    },
    generators: {
      ...generate.one('path', request.path),
      ...generate.all('query', Object.entries(query)),
      ...generate.all(
        'header',
        Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]),
      ),
      ...generate.all(
        'body',
        inBody.map(({ path, text }) => [formatPath(path), text]),
      ),
    },
  }
}

function placesOf(text: string): string[] {
  return [...text.matchAll(placePattern)].map(([, name]) => name as string)
}

/** Has stock tools write what the provider state yields in the places of a text. */
function generatorsFor(values: Values) {
  const generator = (text: string): Record<string, Json> | undefined => {
    if (!placesOf(text).some((name) => values.fromState.has(name))) return undefined
    const [before, only = '', after, ...others] = text.split(placePattern)
    const value = before === '' && after === '' && others.length === 0 ? values.row[only] : ''
    return { type: 'ProviderState', expression: expressionOf(text, values), ...dataTypeOf(value) }
  }
  return {
    one: (category: string, text: string) => {
      const found = generator(text)
      return found ? { [category]: { '': found } } : {}
    },
    all: (category: string, texts: readonly (readonly [key: string, text: string])[]) => {
      const found = texts.flatMap(([key, text]) => {
        const one = generator(text)
        return one ? [[key, one] as const] : []
      })
      return found.length > 0 ? { [category]: Object.fromEntries(found) } : {}
    },
  }
}

/** Without one a number would become text in a body. */
function dataTypeOf(value: Row[string] | undefined): { dataType?: string } {
  if (typeof value === 'boolean') return { dataType: 'BOOLEAN' }
  if (typeof value === 'number') return { dataType: Number.isInteger(value) ? 'INTEGER' : 'DECIMAL' }
  return {}
}

/** `Bearer {token}` → `Bearer ${token}`; what the state does not fill stands there as its example. */
function expressionOf(text: string, { row, fromState }: Values): string {
  return text.replaceAll(placePattern, (_, name: string) => (fromState.has(name) ? `\${${name}}` : String(row[name])))
}

function fill(text: string, row: Row): string {
  return text.replaceAll(placePattern, (_, name: string) => String(row[name]))
}

function like(text: string, value: string): MatcherSet {
  const fixed = text.split(placePattern).filter((_, index) => index % 2 === 0)
  return { combine: 'AND', matchers: [{ match: 'regex', regex: `^${fixed.map(escapePattern).join(value)}$` }] }
}

function keyed(texts: Readonly<Record<string, string>>, nameOf = (name: string) => name): Rule[] {
  return Object.entries(texts)
    .filter(([, text]) => placesOf(text).length > 0)
    .map(([name, text]) => ({ path: [{ field: nameOf(name) }], ...like(text, String.raw`[\s\S]*`) }))
}

/** A text that is nothing but a place becomes the value itself, of the example's type. */
function likeInBody(text: string): MatcherSet {
  const [before, , after, ...others] = text.split(placePattern)
  const isWhole = before === '' && after === '' && others.length === 0
  return isWhole ? { combine: 'AND', matchers: [{ match: 'type' }] } : like(text, String.raw`[\s\S]*`)
}

function textsOf(value: Json, path: readonly PathStep[] = []): { path: readonly PathStep[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((part: Json, index) => textsOf(part, [...path, { index }]))
  return Object.entries(value).flatMap(([field, part]) => textsOf(part, [...path, { field }]))
}
