import { expect, test } from 'vitest'
import type { PactBody, PactRequest } from '../../../src/pact/model.ts'
import { topOf } from '../../../src/pact/read/place.ts'
import { readMessage } from '../../../src/pact/read/read-message.ts'
import { readRequest } from '../../../src/pact/read/read-request.ts'
import { readResponse } from '../../../src/pact/read/read-response.ts'
import type { PactVersion } from '../../../src/pact/read/version.ts'

interface Read<Part> {
  read: Part
  /** `where: what`, of both lists. */
  said: string[]
}

function reading<Part>(read: (place: ReturnType<typeof topOf>['place']) => Part): Read<Part> {
  const { place, problems, notes } = topOf('a.json')
  const part = read(place)
  return { read: part, said: [...problems, ...notes].map(({ path, message }) => `${path.join('.')}: ${message}`) }
}

const request = (written: object, version: PactVersion = '3'): Read<PactRequest> =>
  reading((place) => readRequest({ method: 'GET', path: '/', ...written }, version, place))

function bodyOf(written: object, version: PactVersion): PactBody {
  const { read, said } = request(written, version)
  expect(said).toEqual([])
  return read.body
}

test.each<[unknown, PactRequest['query']]>([
  ['', {}],
  [null, {}],
  ['a=1&b=2&a=3', { a: ['1', '3'], b: ['2'] }],
  ['a&b=&c=d=e', { a: [null], b: [''], c: ['d=e'] }],
  ['&a+b=%E6%96%87+%C3%BC&', { 'a b': ['文 ü'] }],
  ['a=100%&b=%zz&c=%ff&d=%41%', { a: ['100%'], b: ['%zz'], c: ['%ff'], d: ['A%'] }],
  ['__proto__=1', JSON.parse('{"__proto__": ["1"]}')],
  [
    { a: '1', b: ['2', null, 3], c: [], d: true, e: 'a+b%20' },
    { a: ['1'], b: ['2', null, '3'], c: [], d: ['true'], e: ['a+b%20'] },
  ],
])('the query %j', (query, expected) => {
  expect(request({ query })).toMatchObject({ read: { query: expected }, said: [] })
})

test('headers: names in lower case, lists only where a header is one', () => {
  const headers = {
    Accept: 'a/b;q=0.8 , c/d',
    'X-List': 'a, b',
    Date: 'Sat, 21 Nov 2026 00:00:00 GMT',
    'content-length': 7,
    Vary: ['a, b', 'c'],
    vary: 'd',
  }
  expect(request({ headers })).toMatchObject({
    read: {
      headers: {
        accept: ['a/b;q=0.8', 'c/d'],
        'x-list': ['a, b'],
        date: ['Sat, 21 Nov 2026 00:00:00 GMT'],
        'content-length': ['7'],
        vary: ['a, b', 'c', 'd'],
      },
    },
    said: [],
  })
})

const typed = (type: string) => ({ headers: { 'Content-Type': type } })
const json = (value: unknown, contentType: string | null = null) => ({ kind: 'json', value, contentType })
const text = (content: string, contentType: string | null = null) => ({ kind: 'text', text: content, contentType })
const binary = (base64: string, contentType: string | null = null) => ({ kind: 'binary', base64, contentType })

test.each<[string, object, object]>([
  ['absent', {}, { kind: 'absent' }],
  ['null', { body: null }, { kind: 'empty' }],
  ['""', { body: '' }, { kind: 'empty' }],
  ['a record', { body: { a: [1] } }, json({ a: [1] })],
  ['false', { body: false }, json(false)],
  ['text', { body: 'hello' }, text('hello')],
  ['a record in a text', { body: '{"a":1}' }, json({ a: 1 })],
  ['a text that only begins like a record', { body: '{a}' }, text('{a}')],
  ['text of type JSON', { ...typed('application/json'), body: 'hello' }, json('hello')],
  ['a record in a text of type JSON', { ...typed('application/hal+json'), body: '{"a":1}' }, json({ a: 1 })],
  ['a text in a text of type JSON', { ...typed('application/json'), body: '"a"' }, json('a')],
  ['a number in a text of type JSON', { ...typed('application/json'), body: '7' }, json('7')],
  ['plain text that looks like JSON', { ...typed('text/plain'), body: '{"a":1}' }, text('{"a":1}')],
  ['base64 of an image', { ...typed('image/png'), body: 'AAEC' }, binary('AAEC')],
  ['what is no base64, of an image', { ...typed('image/png'), body: 'AA=C' }, text('AA=C')],
])('a body of V1 to V3: %s', (_, written, expected) => {
  for (const version of ['1', '1.1', '2', '3'] as const) expect(bodyOf(written, version)).toEqual(expected)
})

test.each<[string, object, object]>([
  ['absent', {}, { kind: 'absent' }],
  ['null', { body: null }, { kind: 'empty' }],
  ['nothing in it', { body: {} }, { kind: 'absent' }],
  ['a type alone', { body: { contentType: 'a/b' } }, { kind: 'absent' }],
  ['null content', { body: { content: null } }, { kind: 'empty' }],
  ['"" content', { body: { content: '', contentType: 'application/json' } }, { kind: 'empty' }],
  ['a record', { body: { content: { a: 1 }, contentType: 'application/json' } }, json({ a: 1 }, 'application/json')],
  ['contents, as the text of the specification has it', { body: { contents: { a: 1 } } }, json({ a: 1 })],
  [
    'a text of type JSON',
    { body: { content: '{"a":1}', contentType: 'application/json' } },
    json('{"a":1}', 'application/json'),
  ],
  ['the same by the headers', { ...typed('application/json'), body: { content: '{"a":1}' } }, json('{"a":1}')],
  ['plain text', { body: { content: '{"a":1}', contentType: 'text/plain' } }, text('{"a":1}', 'text/plain')],
  ['text of no type', { body: { content: '7' } }, text('7')],
  ['JSON in a text', { body: { content: 'null', encoded: 'JSON' } }, json(null)],
  ['JSON in a text that is none', { body: { content: { a: 1 }, encoded: 'json' } }, json({ a: 1 })],
  [
    'base64 of text',
    { body: { content: 'aGVsbG8=', contentType: 'text/plain', encoded: 'base64' } },
    text('hello', 'text/plain'),
  ],
  [
    'base64 of JSON',
    { body: { content: 'eyJhIjoxfQ==', contentType: 'application/json', encoded: 'base64' } },
    json({ a: 1 }, 'application/json'),
  ],
  [
    'base64 of an image',
    { body: { content: 'AAEC', contentType: 'image/png', encoded: 'base64' } },
    binary('AAEC', 'image/png'),
  ],
  [
    'base64 that is hinted to be text',
    { body: { content: 'aGVsbG8=', contentTypeHint: 'TEXT', encoded: 'base64' } },
    text('hello'),
  ],
  [
    'base64 that is hinted to be binary',
    { ...typed('text/plain'), body: { content: 'aGVsbG8=', contentTypeHint: 'BINARY', encoded: 'base64' } },
    binary('aGVsbG8='),
  ],
  ['base64 of no UTF-8', { ...typed('text/plain'), body: { content: '/w==', encoded: 'base64' } }, binary('/w==')],
])('a body of V4: %s', (_, written, expected) => {
  expect(bodyOf(written, '4')).toEqual(expected)
})

test.each<[object, string]>([
  [{ content: '!', encoded: 'base64' }, 'body.content: is no base64'],
  [
    { content: '{', encoded: 'JSON' },
    'body.content: is no JSON: a key in double quotes should stand here, not the end of the file, at line 1, column 2 of this text',
  ],
  [{ content: 'x', encoded: true }, 'body.encoded: true names no encoding'],
  [{ content: 'x', contentType: 7 }, 'body.contentType: is no text'],
  [{ payload: 1 }, 'body: is taken for the content itself: it has none of the attributes of a V4 body'],
  [{ content: 'x', length: 1 }, 'body.length: is not carried over: a body has no "length"'],
])('the V4 body %j is spoken of', (body, expected) => {
  expect(request({ body }, '4').said).toEqual([expected])
})

test('rules for headers and parameters are by name; an index counts where the name is in the example', () => {
  const matchers = [{ match: 'type' }]
  const query = { ids: ['1'], 'filter[name]': ['x'], $top: ['3'] }
  const keys = ['ids[0]', 'filter[name]', '$top', 'other[0]', '$.ids[*]', "$['a b']", '*']
  const { read, said } = request({
    query,
    matchingRules: {
      query: Object.fromEntries(keys.map((key) => [key, { matchers }])),
      header: { 'X-A': { matchers } },
    },
  })
  expect(said).toEqual([])
  expect(read.rules.query.map(({ path }) => path)).toEqual([
    ['*'],
    [{ field: 'ids' }, '[*]'],
    [{ field: 'ids' }, { index: 0 }],
    [{ field: '$top' }],
    [{ field: 'a b' }],
    [{ field: 'filter[name]' }],
    [{ field: 'other[0]' }],
  ])
  expect(read.rules.headers.map(({ path }) => path)).toEqual([[{ field: 'x-a' }]])
  const flat = (key: string) =>
    request({ query: { ...query, two: ['1', '2'] }, matchingRules: { [key]: { match: 'type' } } })
  for (const [key, path] of [
    ['$.query.filter[name]', [{ field: 'filter[name]' }]],
    ['$.query.ids[0]', [{ field: 'ids' }]],
    ['$.query.two[0]', [{ field: 'two' }, { index: 0 }]],
    ['$.query.two[*]', [{ field: 'two' }, '[*]']],
  ] as const)
    expect(flat(key)).toMatchObject({ read: { rules: { query: [{ path }] } }, said: [] })
})

test.each([
  { matchers: [{ match: 'regex', regex: 'a' }] },
  { '': { matchers: [{ match: 'regex', regex: 'a' }] } },
  { $: { combine: 'AND', matchers: [{ match: 'regex', regex: 'a' }] } },
  { match: 'regex', regex: 'a' },
])('the rule of a path or a status stands in the category itself, or under a name: %j', (path) => {
  const set = { combine: 'AND', matchers: [{ match: 'regex', regex: 'a' }] }
  expect(request({ matchingRules: { path } })).toMatchObject({ read: { rules: { path: set } }, said: [] })
  const status = reading((place) => readResponse({ status: 200, matchingRules: { status: path } }, '4', place))
  expect(status).toMatchObject({ read: { rules: { status: set } }, said: [] })
})

test.each<[object, object]>([
  [
    { match: 'timestamp', format: 'yyyy' },
    { match: 'datetime', format: 'yyyy' },
  ],
  [
    { match: 'timestamp', timestamp: 'yyyy' },
    { match: 'datetime', format: 'yyyy' },
  ],
  [{ match: 'datetime' }, { match: 'datetime', format: null }],
  [
    { match: 'date', format: '' },
    { match: 'date', format: null },
  ],
  [{ time: 'HH' }, { match: 'time', format: 'HH' }],
  [
    { match: 'min', min: 2 },
    { match: 'type', min: 2 },
  ],
  [
    { match: 'type', min: '1', max: 3 },
    { match: 'type', min: 1, max: 3 },
  ],
  [{ max: 0 }, { match: 'type', max: 0 }],
  [{ 'pact:matcher:type': 'real' }, { match: 'decimal' }],
  [{ match: 'not-empty' }, { match: 'notEmpty' }],
  [{ match: 'semver' }, { match: 'semver' }],
  [{ match: 'values' }, { match: 'values' }],
  [
    { match: 'content-type', value: 'a/b' },
    { match: 'contentType', value: 'a/b' },
  ],
  [{ match: 'statusCode' }, { match: 'statusCode', status: 'success' }],
  [
    { match: 'status-code', status: 'information' },
    { match: 'statusCode', status: 'info' },
  ],
  [
    { match: 'statusCode', status: [200, '204'] },
    { match: 'statusCode', status: [200, 204] },
  ],
  [{ match: 'eachKey' }, { match: 'eachKey', rules: [] }],
  [
    { match: 'each-value', rules: [{ regex: 'a' }] },
    { match: 'eachValue', rules: [{ match: 'regex', regex: 'a' }] },
  ],
  [
    { match: 'arrayContains', variants: [{ rules: { '$.a': { matchers: [{ match: 'type' }] } } }, { index: 1 }] },
    {
      match: 'arrayContains',
      variants: [
        { index: 0, rules: [{ path: [{ field: 'a' }], combine: 'AND', matchers: [{ match: 'type' }] }] },
        { index: 1, rules: [{ path: [], combine: 'AND', matchers: [{ match: 'equality' }] }] },
      ],
    },
  ],
])('the matcher %j', (written, expected) => {
  const { read, said } = request({ matchingRules: { body: { $: { matchers: [written] } } } })
  expect(said).toEqual([])
  expect(read.rules.body).toEqual([{ path: [], combine: 'AND', matchers: [expected] }])
})

test('two spellings of one path are one rule; if one of them has a choice, that is a problem', () => {
  const rules = (combine: string) => ({
    matchingRules: {
      body: {
        '$.a': { matchers: [{ match: 'type' }] },
        "$['a']": { combine, matchers: [{ match: 'regex', regex: 'a' }, { match: 'null' }] },
      },
    },
  })
  expect(request(rules('AND'))).toMatchObject({
    read: { rules: { body: [{ matchers: [{ match: 'type' }, { match: 'regex' }, { match: 'null' }] }] } },
    said: [],
  })
  expect(request(rules('or')).said[0]).toMatch('the rules for "$.a" stand in two places, and cannot be joined')
})

test('a path of megabytes is no path', () => {
  const path = `$['${'a'.repeat(5_000_000)}']`
  expect(request({ matchingRules: { body: { [path]: { match: 'type' } } } }).said[0]).toMatch('leads nowhere')
})

test('generators are carried by category and path, from the flat form, too', () => {
  const uuid = { type: 'Uuid' }
  const generators = { '$.body.id': uuid, '$.path': uuid, headers: { 'X-A': uuid }, query: { 'q[0]': uuid } }
  expect(request({ generators })).toMatchObject({
    read: {
      generators: { body: { '$.id': uuid }, path: { '': uuid }, header: { 'X-A': uuid }, query: { 'q[0]': uuid } },
    },
    said: [],
  })
})

test('older names of the rules, and what is taken for granted', () => {
  const requestMatchingRules = { '$.path': { match: 'type' } }
  expect(request({ requestMatchingRules })).toMatchObject({ read: { rules: { path: {} } }, said: [] })
  expect(reading((place) => readRequest({}, '1', place))).toMatchObject({
    read: { method: 'GET', path: '/' },
    said: [
      ': there is no method: "GET" is taken for granted, as the reference does',
      ': there is no path: "/" is taken for granted, as the reference does',
    ],
  })
  const response = reading((place) => readResponse({ status: '404' }, '1', place))
  expect(response).toMatchObject({ read: { status: 404 }, said: [] })
})

test('the contents of a message have the type that its metadata states', () => {
  for (const metadata of [
    { metaData: { contentType: 'text/plain' } },
    { metadata: { 'content-type': 'text/plain' } },
  ]) {
    const { read } = reading((place) => readMessage({ contents: '{"a":1}', ...metadata }, '3', place))
    expect(read.contents).toEqual(text('{"a":1}'))
  }
})
