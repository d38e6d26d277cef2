import type { Json } from '../../../src/contract/define.ts'
import type { ActualMessage } from '../../../src/pact/match/message.ts'
import type { Matching, Mismatch } from '../../../src/pact/match/mismatch.ts'
import type { ActualRequest } from '../../../src/pact/match/request.ts'
import type { ActualResponse } from '../../../src/pact/match/response.ts'
import type { Matcher, PactBody, PactMessage, PactRequest, PactResponse, Rule } from '../../../src/pact/model.ts'
import { parsePath } from '../../../src/pact/path.ts'

/** `rule('$.a[*]', { match: 'type' })`: all of the matchers must be met. */
export function rule(path: string, ...matchers: Matcher[]): Rule {
  return { path: parsePath(path) ?? [], combine: 'AND', matchers }
}

/** One of the matchers is enough. */
export function either(path: string, ...matchers: Matcher[]): Rule {
  return { ...rule(path, ...matchers), combine: 'OR' }
}

export const regex = (pattern: string): Matcher => ({ match: 'regex', regex: pattern })

export function json(value: Json): PactBody {
  return { kind: 'json', value, contentType: null }
}

export function text(value: string, contentType: string | null = null): PactBody {
  return { kind: 'text', text: value, contentType }
}

export function pactRequest(parts: Partial<PactRequest> = {}): PactRequest {
  const rules = { path: null, query: [], headers: [], body: [] }
  return { method: 'GET', path: '/', query: {}, headers: {}, body: { kind: 'absent' }, rules, generators: {}, ...parts }
}

export function pactResponse(parts: Partial<PactResponse> = {}): PactResponse {
  const rules = { status: null, headers: [], body: [] }
  return { status: 200, headers: {}, body: { kind: 'absent' }, rules, generators: {}, ...parts }
}

export function pactMessage(parts: Partial<PactMessage> = {}): PactMessage {
  return { contents: { kind: 'absent' }, metadata: {}, rules: { metadata: [], contents: [] }, generators: {}, ...parts }
}

export function request(parts: Partial<ActualRequest> = {}): ActualRequest {
  return { method: 'GET', path: '/', query: {}, headers: {}, body: null, ...parts }
}

export function response(parts: Partial<ActualResponse> = {}): ActualResponse {
  return { status: 200, headers: {}, body: null, ...parts }
}

export function message(parts: Partial<ActualMessage> = {}): ActualMessage {
  return { contents: null, metadata: {}, ...parts }
}

/** What is wrong, in words: `body $.a: is missing`; with `?` before it where nobody can say. */
export function said<Actual>(matching: Matching<Actual>, actual: Actual): string[] {
  const found = matching.mismatches(actual)
  if (matching.matches(actual) !== (found.length === 0)) throw new Error('matches and mismatches disagree')
  return found.map(inWords)
}

function inWords({ place, message: words, uncheckable }: Mismatch): string {
  return `${uncheckable ? '? ' : ''}${place}: ${words}`
}
