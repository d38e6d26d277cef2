import type { PresentBody } from './expected.ts'
import { textOfBytes } from './magic.ts'

/** The text of a payload; `null` when it is none. */
export function textOf(payload: string | Uint8Array): string | null {
  return typeof payload === 'string' ? payload : textOfBytes(payload)
}

export function bytesOf(payload: string | Uint8Array): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload) : payload
}

/** The body of a pact as it would be sent. */
export function payloadOf(body: PresentBody): string | Uint8Array {
  if (body.kind === 'text') return body.text
  return body.kind === 'json' ? JSON.stringify(body.value) : Buffer.from(body.base64, 'base64')
}
