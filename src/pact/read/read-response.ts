import { show } from '../../contract/place.ts'
import type { PactResponse } from '../model.ts'
import { readGenerators } from './generators.ts'
import { readHeaders } from './headers.ts'
import type { PactPlace } from './place.ts'
import { readHttpBody } from './read-request.ts'
import { countValues, readRules, wholeRule } from './rules.ts'
import type { PactVersion } from './version.ts'

const attributes = ['status', 'headers', 'body', 'generators']

/** A response of a pact; what is wrong with it is reported to `place`, and something harmless put there instead. */
export function readResponse(value: unknown, version: PactVersion, place: PactPlace): PactResponse {
  const written = place.record(value, 'a response') ?? {}
  const headers = readHeaders(written['headers'], place.at('headers'))
  const rulesKey = written['matchingRules'] === undefined ? 'responseMatchingRules' : 'matchingRules'
  place.noteUnread(written, [...attributes, rulesKey], 'a response')
  const rules = readRules(
    written[rulesKey],
    { what: 'a response', has: ['status', 'header', 'body'], names: { header: countValues(headers) } },
    place.at(rulesKey),
  )
  return {
    status: readStatus(written['status'], place),
    headers,
    body: readHttpBody(written['body'], { version, headers, place: place.at('body') }),
    rules: { status: wholeRule(rules('status')), headers: rules('header'), body: rules('body') },
    generators: readGenerators(written['generators'], place.at('generators')),
  }
}

function readStatus(value: unknown, place: PactPlace): number {
  if (value === undefined) place.note('there is no status: 200 is taken for granted, as the reference does')
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : (value ?? 200)
  if (typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599) return status
  place.at('status').report(`${show(value)} is no HTTP status`, 'A status is a whole number from 100 to 599.')
  return 200
}
