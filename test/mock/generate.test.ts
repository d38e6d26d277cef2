import { expect, test } from 'vitest'
import type { Json } from '../../src/contract/define.ts'
import { answering } from '../../src/mock/answer.ts'
import { type Stub, stubsOf } from '../../src/mock/stub.ts'
import type { PactResponse } from '../../src/pact/model.ts'
import { interaction, pactOf, response } from './pacts.ts'

const now = () => new Date('2026-11-21T09:05:03.042Z')

function stubOf(answer: Partial<PactResponse>): Stub {
  const [stub] = stubsOf({ file: 'a.json', pact: pactOf(interaction('a', { response: response('', answer) })) })
  return stub as Stub
}

/** What a generator makes of the example "as it was", again and again. */
function make(generator: Json, times = 1): unknown[] {
  const stub = stubOf({
    body: { kind: 'json', value: { a: 'as it was' }, contentType: null },
    generators: { body: { '$.a': generator } },
  })
  const answerOf = answering(7, now)
  return Array.from({ length: times }, () => bodyOf(answerOf(stub))['a'])
}

function bodyOf({ body }: { body: Uint8Array | null }): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(body ?? undefined)) as Record<string, unknown>
}

test.for<[Json, RegExp]>([
  [{ type: 'RandomInt', min: 5, max: 7 }, /^[567]$/],
  [{ type: 'RandomInt' }, /^(10|\d)$/],
  [{ type: 'RandomDecimal', digits: 5 }, /^\d{4}\.\d$/],
  [{ type: 'RandomHexadecimal', digits: 8 }, /^[0-9a-f]{8}$/],
  [{ type: 'RandomString', size: 4 }, /^[A-Za-z0-9]{4}$/],
  [{ type: 'RandomBoolean' }, /^(true|false)$/],
  [{ type: 'Regex', regex: String.raw`\d{3}-[a-f]+` }, /^\d{3}-[a-f]+$/],
  [{ type: 'Regex', regex: String.raw`\A[0-9]\z` }, /^\d$/],
  [{ type: 'Uuid' }, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/],
  [{ type: 'Uuid', format: 'simple' }, /^[0-9a-f]{32}$/],
  [{ type: 'Uuid', format: 'upper-case-hyphenated' }, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/],
  [{ type: 'Uuid', format: 'URN' }, /^urn:uuid:[0-9a-f-]{36}$/],
  [{ type: 'Date' }, /^2026-11-21$/],
  [{ type: 'Time', format: 'HH:mm:ss' }, /^09:05:03$/],
  [{ type: 'DateTime' }, /^2026-11-21T09:05:03\.042Z$/],
  [{ type: 'DateTime', format: "EEE, d MMM yyyy h 'o''clock' a Z" }, /^Sat, 21 Nov 2026 9 o'clock AM \+0000$/],
])('%j makes %s', ([generator, expected]) => {
  const made = make(generator, 5)
  for (const value of made) expect(String(value)).toMatch(expected)
  expect(make(generator, 5)).toEqual(made)
})

test.for<[Json]>([
  [{ type: 'ProviderState', expression: '${id}' }],
  [{ type: 'MockServerURL', example: 'http://localhost/a', regex: '.*(/a)' }],
  [{ type: 'Date', expression: '+1 day' }],
  [{ type: 'Date', format: 'yyyy G' }],
  [{ type: 'Regex', regex: '(?<broken' }],
  [{ type: 'RandomInt', min: 7, max: 1 }],
  [{ type: 'RandomInt', min: 'a' }],
  [{ type: 'RandomString', size: 1e9 }],
  [{ type: 'toString' }],
  [null],
])('%j leaves the example as it is', ([generator]) => {
  expect(make(generator as Json)).toEqual(['as it was'])
})

test('each answer has values of its own, the same for the same seed, whatever others are asked meanwhile', () => {
  const generator = { type: 'RandomInt', min: 0, max: 1_000_000 }
  const values = make(generator, 4)
  expect(new Set(values).size).toBe(4)
})

test('generators reach every element, headers and the status', () => {
  const stub = stubOf({
    status: 200,
    headers: { 'x-id': ['a'] },
    body: { kind: 'json', value: { list: [{ id: 0 }, { id: 0 }], kept: 1 }, contentType: null },
    generators: {
      status: { '': { type: 'RandomInt', min: 201, max: 201 } },
      header: { 'X-Id': { type: 'RandomHexadecimal', digits: 4 }, nowhere: { type: 'Uuid' } },
      body: { '$.list[*].id': { type: 'RandomInt', min: 3, max: 3 }, '$.missing.id': { type: 'Uuid' } },
    },
  })
  const answer = answering(1, now)(stub)
  expect(answer.status).toBe(201)
  expect(answer.headers).toEqual([
    ['x-id', expect.stringMatching(/^[0-9a-f]{4}$/)],
    ['content-type', 'application/json'],
  ])
  expect(bodyOf(answer)).toEqual({ list: [{ id: 3 }, { id: 3 }], kept: 1 })
})

test.for<[string, Partial<PactResponse>, string | undefined, string | null]>([
  ['text', { body: { kind: 'text', text: 'hé', contentType: null } }, 'text/plain; charset=utf-8', 'hé'],
  ['binary', { body: { kind: 'binary', base64: 'aGk=', contentType: 'image/png' } }, 'image/png', 'hi'],
  ['binary of no type', { body: { kind: 'binary', base64: 'aGk=', contentType: null } }, undefined, 'hi'],
  ['none', { body: { kind: 'empty' } }, undefined, null],
  ['a header over all', { headers: { 'content-type': ['application/hal+json'] } }, 'application/hal+json', '""'],
  ['headers of the connection', { headers: { 'content-length': ['99'] } }, 'application/json', '""'],
])('a body goes over the wire with its type: %s', ([, about, type, text]) => {
  const { headers, body } = answering(1, now)(stubOf(about))
  expect(headers).toEqual(type === undefined ? [] : [['content-type', type]])
  expect(body && new TextDecoder().decode(body)).toBe(text)
})
