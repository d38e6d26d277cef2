import { show } from '../../contract/place.ts'
import type { PactBody, PactHeaders, PactRequest } from '../model.ts'
import { readBody } from './body.ts'
import { typeInHeaders } from './content-type.ts'
import { readGenerators } from './generators.ts'
import { readHeaders } from './headers.ts'
import type { PactPlace } from './place.ts'
import { readQuery } from './query.ts'
import { countValues, readRules, wholeRule } from './rules.ts'
import { readV4Body } from './v4-body.ts'
import type { PactVersion } from './version.ts'

const attributes = ['method', 'path', 'query', 'headers', 'body', 'generators']

/** A request of a pact; what is wrong with it is reported to `place`, and something harmless put there instead. */
export function readRequest(value: unknown, version: PactVersion, place: PactPlace): PactRequest {
  const written = place.record(value, 'a request') ?? {}
  const query = readQuery(written['query'], place.at('query'))
  const headers = readHeaders(written['headers'], place.at('headers'))
  const rulesKey = written['matchingRules'] === undefined ? 'requestMatchingRules' : 'matchingRules'
  place.noteUnread(written, [...attributes, rulesKey], 'a request')
  const rules = readRules(
    written[rulesKey],
    {
      what: 'a request',
      has: ['path', 'query', 'header', 'body'],
      names: { query: countValues(query), header: countValues(headers) },
    },
    place.at(rulesKey),
  )
  return {
    method: textAt({ key: 'method', usual: 'GET' }, written, place).toUpperCase(),
    path: textAt({ key: 'path', usual: '/' }, written, place),
    query,
    headers,
    body: readHttpBody(written['body'], { version, headers, place: place.at('body') }),
    rules: { path: wholeRule(rules('path')), query: rules('query'), headers: rules('header'), body: rules('body') },
    generators: readGenerators(written['generators'], place.at('generators')),
  }
}

/** The body of a request or response, by the headers beside it. */
export function readHttpBody(
  value: unknown,
  beside: { version: PactVersion; headers: PactHeaders; place: PactPlace },
): PactBody {
  const contentType = typeInHeaders(beside.headers)
  return beside.version === '4' ? readV4Body(value, contentType, beside.place) : readBody(value, contentType)
}

function textAt(
  { key, usual }: { key: string; usual: string },
  written: Record<string, unknown>,
  place: PactPlace,
): string {
  const value = written[key]
  if (typeof value === 'string') return value
  if (value === undefined) place.note(`there is no ${key}: "${usual}" is taken for granted, as the reference does`)
  else place.at(key).report(`${show(value)} is no ${key}`)
  return usual
}
