import { Buffer } from 'node:buffer'
import { seededRandom } from '../core/random.ts'
import type { PactBody, PactResponse } from '../pact/model.ts'
import { generate } from './generate/generate.ts'
import type { Stub } from './stub.ts'

/** An answer as it goes over the wire. */
export interface StubAnswer {
  readonly status: number
  /** In lower case, one entry for each value. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | null
}

/** Whoever sends an answer sets these. */
const ofTheConnection = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding'])

/**
 * Makes what stubs answer. Generators draw by `seed`, for each stub on its own: its first answer is the same each time, its
 * second another one.
 */
export function answering(seed: number, now: () => Date = () => new Date()): (stub: Stub) => StubAnswer {
  const given = new Map<Stub, number>()
  return (stub) => {
    const number = (given.get(stub) ?? 0) + 1
    given.set(stub, number)
    const random = seededRandom(seed, `${stub.pair} / ${stub.half} ${number}`)
    return answerOf(generate(stub.response, { random, now: now() }))
  }
}

function answerOf({ status, headers, body }: PactResponse): StubAnswer {
  const named = Object.entries(headers).flatMap(([name, values]) => values.map((value) => [name, value] as const))
  const type = Object.hasOwn(headers, 'content-type') ? null : typeOf(body)
  return {
    status,
    headers: [
      ...named.filter(([name]) => !ofTheConnection.has(name)),
      ...(type === null ? [] : [['content-type', type] as const]),
    ],
    body: bytesOf(body),
  }
}

function typeOf(body: PactBody): string | null {
  if (!('contentType' in body)) return null
  return body.contentType ?? { json: 'application/json', text: 'text/plain; charset=utf-8', binary: null }[body.kind]
}

function bytesOf(body: PactBody): Uint8Array | null {
  if (body.kind === 'json') return Buffer.from(JSON.stringify(body.value))
  if (body.kind === 'text') return Buffer.from(body.text)
  return body.kind === 'binary' ? Buffer.from(body.base64, 'base64') : null
}
