import { expect, test } from 'vitest'
import type { Problem } from '../../../src/core/errors.ts'
import type { HttpInteraction } from '../../../src/pact/model.ts'
import { type PactReading, readPact } from '../../../src/pact/read/read-pact.ts'
import { inWrittenOrder, writePact } from '../../../src/pact/write/write-pact.ts'
import { pacts, v1, v2, v3, v3Messages, v4 } from './pacts.ts'

const read = (pact: object) => readPact(JSON.stringify(pact), 'a.json')

/** `where: what` */
function inLines(problems: readonly Problem[]): string[] {
  return problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

function only(reading: PactReading): HttpInteraction {
  expect(inLines(reading.problems)).toEqual([])
  expect(inLines(reading.notes)).toEqual([])
  return reading.pact?.interactions[0] as HttpInteraction
}

test.each(Object.entries(pacts))(
  '%s has no problems, and is the same after writing and reading again',
  (_name, written) => {
    const { pact, problems, notes } = read(written)
    expect([problems, notes]).toEqual([[], []])
    if (!pact) throw new Error('there is no pact')
    const again = readPact(writePact(pact), 'b.json')
    expect(again.pact).toEqual({ ...pact, interactions: inWrittenOrder(pact.interactions) })
  },
)

test('V1: the provider state and the query are texts, headers may be lists in a text', () => {
  const { states, request, response } = only(read(v1))
  expect(states).toEqual([{ name: 'there is an article', params: {} }])
  expect(request).toMatchObject({
    method: 'GET',
    query: { id: ['1', '2'], q: ['a bü'] },
    headers: { accept: ['a/b', 'c/d'] },
    body: { kind: 'absent' },
  })
  expect(response.headers).toEqual({ 'x-age': ['7, or so'] })
  expect(response.body).toEqual({ kind: 'json', value: { id: 1 }, contentType: null })
})

test('V2: rules in the flat form, in brackets and without a name', () => {
  const { request, response } = only(read(v2))
  const and = { combine: 'AND' }
  expect(request.rules).toEqual({
    path: { ...and, matchers: [{ match: 'regex', regex: String.raw`/articles/\d+` }] },
    query: [{ ...and, path: [{ field: 'q' }], matchers: [{ match: 'regex', regex: String.raw`\d` }] }],
    headers: [{ ...and, path: [{ field: 'x-trace' }], matchers: [{ match: 'regex', regex: '[a-c]+' }] }],
    body: [
      { ...and, path: [{ field: 'list' }], matchers: [{ match: 'type', min: 1 }] },
      { ...and, path: [{ field: 'list' }, '[*]', { field: 'odd key' }], matchers: [{ match: 'type' }] },
    ],
  })
  expect(response.rules).toEqual({
    status: null,
    headers: [{ ...and, path: [{ field: 'location' }], matchers: [{ match: 'type' }] }],
    body: [{ ...and, path: [{ field: 'at' }], matchers: [{ match: 'datetime', format: 'yyyy-MM-dd' }] }],
  })
})

test('V3: states with parameters, rules by category, generators as they are', () => {
  const { states, request, response } = only(read(v3))
  expect(states).toEqual([
    { name: 'there is an article', params: { id: 1 } },
    { name: 'it is old', params: {} },
  ])
  expect(request.query).toEqual({ q: ['7', '8'], flag: [null] })
  expect(request.rules.path?.combine).toBe('OR')
  expect(request.rules.query).toEqual([{ path: [{ field: 'q' }], combine: 'AND', matchers: [{ match: 'integer' }] }])
  expect(request.generators).toEqual({ path: { '': { type: 'ProviderState', expression: '/articles/${id}' } } })
  expect(response.generators).toEqual({ body: { '$.id': { type: 'RandomInt', min: 0, max: 9 } } })
})

test('V3: messages', () => {
  expect(read(v3Messages).pact?.interactions).toMatchObject([
    {
      kind: 'message',
      message: {
        contents: { kind: 'json', value: { id: 1 } },
        metadata: { contentType: 'application/json' },
        rules: { contents: [{ path: [{ field: 'id' }] }], metadata: [{ path: [{ field: 'contentType' }] }] },
      },
    },
  ])
})

test('V4: all three kinds of interactions, with matchers of their own', () => {
  expect(read(v4).pact?.interactions).toMatchObject([
    {
      kind: 'http',
      pending: true,
      comments: { text: ['a word'] },
      request: { headers: { accept: ['a/b', 'c/d'] } },
      response: {
        body: { kind: 'json', value: { ids: [1] }, contentType: 'application/json' },
        rules: {
          status: { combine: 'AND', matchers: [{ match: 'statusCode', status: 'success' }] },
          body: [
            { path: [{ field: 'ids' }], matchers: [{ variants: [{ index: 0, rules: [{ path: [] }] }] }] },
            { path: [{ field: 'map' }], matchers: [{ rules: [{ regex: '^a' }] }, { rules: [{ match: 'notEmpty' }] }] },
          ],
        },
      },
    },
    {
      kind: 'message',
      message: {
        contents: { kind: 'text', text: 'hello', contentType: 'text/plain' },
        rules: { contents: [{ path: [], matchers: [{ match: 'include', value: 'h' }] }] },
      },
    },
    {
      kind: 'synchronous message',
      request: { contents: { kind: 'json', value: { id: 1 } } },
      responses: [{ contents: { kind: 'binary', base64: 'AAEC' } }],
    },
  ])
})

test.each<[unknown, string]>([
  [undefined, '2'],
  [{}, '2'],
  [{ pactSpecification: {} }, '2'],
  [{ pactSpecification: { version: '1.0.0' } }, '1'],
  [{ pactSpecification: { version: '1.1.0' } }, '1.1'],
  [{ 'pact-specification': { version: '2.0' } }, '2'],
  [{ pactSpecificationVersion: '3' }, '3'],
  [{ pactSpecification: { version: 3 } }, '3'],
])('the version in %j is %s', (metadata, version) => {
  expect(read({ ...v1, metadata })).toMatchObject({ version, problems: [] })
})

test.each(['5.0', 'four', 0, true])('%j is no version', (version) => {
  const { pact, problems } = read({ ...v1, metadata: { pactSpecification: { version } } })
  expect(pact).toBeNull()
  expect(inLines(problems)[0]).toMatch(/^metadata.pactSpecification: .* is no known version/)
})

test('a byte order mark is passed over, in bytes and in text', () => {
  const text = `\uFEFF${JSON.stringify(v1)}`
  for (const given of [text, Buffer.from(text)]) expect(readPact(given, 'a.json').problems).toEqual([])
})

test('broken JSON is one problem, with line and column; bytes that are no UTF-8 are said to be none', () => {
  const { pact, problems } = readPact('{\n  "consumer": {,\n', 'a.json')
  const message = 'is no JSON: a key in double quotes should stand here, not "," (column 16)'
  expect([pact, problems]).toEqual([null, [{ file: 'a.json', line: 2, path: [], message }]])
  expect(readPact(Buffer.from([0x7b, 0xff, 0x7d]), 'a.json').problems[0]?.message).toMatch('cannot be read as UTF-8')
})

test('what is no pact is said to be none', () => {
  for (const text of ['null', '[]', '"x"', '7']) expect(readPact(text, 'a').problems[0]?.message).toMatch('is no pact')
})

test('a pact in which nothing can be read is a problem: it would prove nothing', () => {
  const nothing = ': it holds no interaction that can be read, so nothing would be checked'
  expect(inLines(read({ ...v1, interactions: [] }).problems)).toEqual([nothing])
  const { problems, notes } = read({ ...v4, interactions: [{ ...v4.interactions[0], type: 'Async/Messages' }] })
  expect(inLines(problems)).toEqual([nothing])
  expect(inLines(notes)).toEqual(["interactions.0: is left out: 'Async/Messages' is no known type"])
})

test('all problems come at once, each with its path', () => {
  const [http] = v4.interactions
  const { pact, problems } = read({
    ...v4,
    consumer: 7,
    interactions: [
      {
        ...http,
        description: 7,
        pending: 'no',
        providerStates: [{ params: [] }],
        request: {
          method: 1,
          path: null,
          headers: { a: null },
          query: { q: {} },
          body: { encoded: 'rot13', content: 'x' },
        },
        response: {
          status: 'fine',
          matchingRules: {
            status: { matchers: [{ match: 'statusCode', status: 'good' }] },
            body: {
              '$.a[': { matchers: [{ match: 'type' }] },
              $: { combine: 'XOR', matchers: [{}, { match: 'type', min: -1 }, { match: 'regex' }] },
            },
          },
        },
      },
      'x',
    ],
  })
  expect(pact).toBeNull()
  expect(inLines(problems)).toEqual([
    'consumer: the consumer is no object',
    'interactions.0.description: 7 is no description',
    'interactions.0.providerStates.0.name: the name is missing',
    "interactions.0.pending: 'no' is neither true nor false",
    'interactions.0.request.query.q: {} is no value of a parameter',
    'interactions.0.request.headers.a: null is no value of a header',
    'interactions.0.request.method: 1 is no method',
    'interactions.0.request.path: null is no path',
    "interactions.0.request.body.encoded: 'rot13' names no encoding",
    "interactions.0.response.matchingRules.status.matchers.0.status: 'good' is no class of statuses",
    'interactions.0.response.matchingRules.body.$.a[: leads nowhere: it is no path',
    'interactions.0.response.matchingRules.body.$.matchers.0: there is no "match", which names a matcher',
    'interactions.0.response.matchingRules.body.$.matchers.1.min: -1 is no number of elements',
    'interactions.0.response.matchingRules.body.$.matchers.2.regex: is missing',
    "interactions.0.response.matchingRules.body.$.combine: 'XOR' combines nothing",
    "interactions.0.response.status: 'fine' is no HTTP status",
    'interactions.1: an interaction is no object',
  ])
})

test('what is not carried over is noted, with its reason; what says nothing is not', () => {
  const [http] = v4.interactions
  const { pact, problems, notes } = read({
    ...v4,
    metadata: { ...v4.metadata, pactRust: { models: '1.3.17' }, brownout: { form: 1 } },
    createdAt: 'today',
    _links: {},
    interactions: [
      {
        ...http,
        pluginConfiguration: { protobuf: {} },
        interactionMarkup: { markup: 'x' },
        transport: 'grpc',
        extra: 1,
        request: {
          method: 'GET',
          path: '/',
          matchingRules: {
            method: { matchers: [{ match: 'type' }] },
            body: { $: { matchers: [{ match: 'protobuf', value: 1 }] }, '$.a': { matchers: [] } },
          },
        },
      },
    ],
  })
  expect(problems).toEqual([])
  expect(inLines(notes)).toEqual([
    'metadata.pactRust: is not carried over: it tells how the file came about, not what is agreed',
    'createdAt: is not carried over: the model of a pact has no "createdAt"',
    'interactions.0.pluginConfiguration: is not carried over: it is for a plugin, and there are none here',
    'interactions.0.interactionMarkup: is not carried over: it is for display only',
    'interactions.0.transport: is not carried over: it is for a plugin, and there are none here',
    'interactions.0.extra: is not carried over: an interaction has no "extra"',
    'interactions.0.request.matchingRules.method: is not carried over: a request has no "method" for which there can be a rule',
    'interactions.0.request.matchingRules.body.$.matchers.0: the matcher "protobuf" is not known: nobody can say whether it is met',
    'interactions.0.request.matchingRules.body.$.a: is not carried over: without a matcher it demands nothing',
  ])
  expect(pact?.interactions[0]).toMatchObject({
    request: { rules: { body: [{ path: [], matchers: [{ match: 'unknown', name: 'protobuf' }] }] } },
  })
})

test('interactions that cannot be told apart are noted', () => {
  const [one] = v3.interactions
  const { problems, notes } = read({ ...v3, interactions: [one, one, { ...one, description: 'read it again' }] })
  expect(problems).toEqual([])
  expect(inLines(notes)).toEqual([
    ': two interactions are called "read an article" and have the same provider states',
    ': "read an article" asks the same as "read an article", in the same provider states',
    ': "read it again" asks the same as "read an article", in the same provider states',
  ])
})

test('a key that stands twice is noted', () => {
  const { notes } = readPact(JSON.stringify(v1).replace('"id":1}', '"id":1,"id":2}'), 'a.json')
  expect(inLines(notes)).toEqual([
    'interactions.0.response.body.id: the key "id" stands here twice: only the last one is read',
  ])
})

test('size is no trouble: 10,000 interactions, 50 MB, one rule for each of 20,000 fields', { timeout: 120_000 }, () => {
  const [one] = v3.interactions
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...one,
    description: `read article ${index}`,
    request: { ...one?.request, path: `/articles/${index}` },
  }))
  expect(read({ ...v3, interactions: many })).toMatchObject({
    notes: [],
    problems: [],
    pact: { interactions: { length: 10_000 } },
  })

  const body = [
    { text: 'x'.repeat(25_000_000) },
    Array.from({ length: 500_000 }, (_, id) => ({ id, name: `number ${id}` })),
  ]
  const text = JSON.stringify({ ...v1, interactions: [{ ...v1.interactions[0], response: { status: 200, body } }] })
  expect(text.length).toBeGreaterThan(40_000_000)
  expect(only(readPact(Buffer.from(text), 'a.json')).response.body).toEqual({
    kind: 'json',
    value: body,
    contentType: null,
  })

  const rules = Object.fromEntries(
    many.flatMap((_, index) => [`$.a${index}`, `$.b${index}`].map((path) => [path, { matchers: [{ match: 'type' }] }])),
  )
  const ruled = { ...one, response: { status: 200, matchingRules: { body: rules } } }
  expect(only(read({ ...v3, interactions: [ruled] })).response.rules.body).toHaveLength(20_000)
})
