import type { PactBody, PactMessage, PactRequest, PactResponse } from '../../../src/pact/model.ts'
import type { ActualMessage } from '../../../src/pact/match/message.ts'
import type { ActualRequest } from '../../../src/pact/match/request.ts'
import type { ActualResponse } from '../../../src/pact/match/response.ts'

/** A request of a pact as it would be sent. */
export function sentRequest({ method, path, query, headers, body }: PactRequest): ActualRequest {
  return { method, path, query, headers: { ...headers }, body: sentBody(body) }
}

export function sentResponse({ status, headers, body }: PactResponse): ActualResponse {
  return { status, headers: { ...headers }, body: sentBody(body) }
}

export function sentMessage({ contents, metadata }: PactMessage): ActualMessage {
  return { contents: sentBody(contents), metadata }
}

function sentBody(body: PactBody): string | Uint8Array | null {
  if (body.kind === 'json') return JSON.stringify(body.value)
  if (body.kind === 'text') return body.text
  return body.kind === 'binary' ? Buffer.from(body.base64, 'base64') : null
}
