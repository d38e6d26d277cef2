import type { RequestTemplate } from './define.ts'
import { placePattern } from './fill.ts'
import { isRecord, type Place, show, suggest } from './place.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const keys = ['method', 'path', 'query', 'headers', 'body']

/** Reports what is wrong with a request, and tells whether it can be read as one. */
export function checkRequest(place: Place, value: unknown): value is RequestTemplate {
  return place.isFine(() => {
    const request = place.record(value, keys, 'a request')
    if (!request) return
    const { method, path, query, headers, body } = request
    if (typeof method !== 'string' || !methods.includes(method))
      place
        .at('method')
        .report(`${show(method)} is no HTTP method`, suggest(typeof method === 'string' ? method : '', methods))
    checkPath(place.at('path'), path)
    if (query !== undefined) checkTexts(place.at('query'), query, 'a query')
    if (headers !== undefined) checkTexts(place.at('headers'), headers, 'headers')
    if (body !== undefined) checkJson(place.at('body'), body)
  })
}

function checkPath(place: Place, path: unknown): void {
  if (typeof path !== 'string') return place.report(path === undefined ? 'the path is missing' : 'the path is no text')
  if (!path.startsWith('/')) place.report(`the path "${path}" does not start with "/"`)
  if (/[?#]/.test(path)) place.report(`the path "${path}" holds a query or a fragment`, 'Parameters go into "query".')
  const fixed = path.replaceAll(placePattern, '')
  if (/[{}]/.test(fixed))
    place.report(`the path "${path}" has a bracket that belongs to no place`, 'Write {name}: letters, digits, _ and -.')
  else if (!/^[!-~]*$/.test(fixed))
    place.report(`the path "${path}" has characters that no URL has; encode them as %XX`)
}

function checkTexts(place: Place, value: unknown, what: string): void {
  for (const [name, text] of Object.entries(place.record(value, null, what) ?? {})) {
    if (typeof text !== 'string') place.at(name).report('is no text', `Write '${show(text)}'.`)
  }
}

function checkJson(place: Place, value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return
  const isPlain = isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))
  if (!Array.isArray(value) && !isPlain) return place.report('is nothing that JSON can hold')
  for (const [key, part] of Object.entries(value)) checkJson(place.at(key), part)
}
