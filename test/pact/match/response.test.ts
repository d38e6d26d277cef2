import { expect, test } from 'vitest'
import { type ActualResponse, responseMatching } from '../../../src/pact/match/response.ts'
import type { Matcher, PactBody, PactResponse, Rule } from '../../../src/pact/model.ts'
import { json, pactResponse, regex, response, rule, said, text } from './examples.ts'

function saidOf(expected: Partial<PactResponse>, actual: Partial<ActualResponse>): string[] {
  return said(responseMatching(pactResponse(expected)), response(actual))
}

const bodyRules = (...body: Rule[]): Pick<PactResponse, 'rules'> => ({ rules: { status: null, headers: [], body } })
const typed = (type: string) => ({ 'content-type': [type] })
const binary = (bytes: string, contentType: string | null = null): PactBody => ({
  kind: 'binary',
  base64: Buffer.from(bytes, 'latin1').toString('base64'),
  contentType,
})

test.each([
  ['the status of the pact', null, [200], [201, 404]],
  ['a class', { match: 'statusCode', status: 'success' }, [200, 204, 299], [199, 300]],
  ['info', { match: 'statusCode', status: 'info' }, [100], [200]],
  ['redirect', { match: 'statusCode', status: 'redirect' }, [302], [299]],
  ['clientError', { match: 'statusCode', status: 'clientError' }, [400], [500]],
  ['serverError', { match: 'statusCode', status: 'serverError' }, [503], [499, 600]],
  ['nonError', { match: 'statusCode', status: 'nonError' }, [200, 399], [400]],
  ['error', { match: 'statusCode', status: 'error' }, [400, 599], [399]],
  ['a list', { match: 'statusCode', status: [200, 503] }, [200, 503], [404]],
  ['a regex', regex('2..'), [200, 299], [300]],
  ['an integer', { match: 'integer' }, [1, 500], []],
  ['a matcher that is not for it', { match: 'null' }, [], [200]],
] as [string, Matcher | null, number[], number[]][])('status: %s', (_, matcher, good, bad) => {
  const status = matcher && ({ combine: 'AND', matchers: [matcher] } as const)
  const kept = (actual: number) => saidOf({ rules: { status, headers: [], body: [] } }, { status: actual }).length === 0
  expect([...good, ...bad].filter(kept)).toEqual(good)
})

test('a status is said', () => {
  expect(saidOf({}, { status: 404 })).toEqual(['status: is 404, wanted 200'])
  const status = { combine: 'AND', matchers: [{ match: 'statusCode', status: 'success' }] } as const
  expect(saidOf({ rules: { status, headers: [], body: [] } }, { status: 404 })).toEqual([
    'status: is 404, wanted success',
  ])
})

/** A body in the pact, and bodies that came: what is said of each. */
test.each([
  [
    'absent: nothing is said of it',
    { kind: 'absent' },
    [
      [null, []],
      ['', []],
      ['anything', []],
    ],
  ],
  [
    'empty: there must be none',
    { kind: 'empty' },
    [
      [null, []],
      ['', []],
      [new Uint8Array(), []],
      ['x', ['body $: is there, wanted none']],
      ['null', ['body $: is there, wanted none']],
    ],
  ],
  [
    'JSON',
    json({ a: 1 }),
    [
      ['{"a":1,"b":2}', []],
      [Buffer.from('{"a":1}'), []],
      [null, ['body $: is missing']],
      ['', ['body $: is missing']],
    ],
  ],
  [
    'JSON null',
    json(null),
    [
      ['null', []],
      ['', ['body $: is missing']],
    ],
  ],
  [
    'a text',
    text('a b'),
    [
      ['a b', []],
      ['a  b', ['body $: wanted "a b"']],
      [Buffer.from('a b'), []],
      [null, ['body $: is missing']],
    ],
  ],
  [
    'a text that begins like JSON',
    text('100 Continue'),
    [
      ['100 Continue', []],
      ['100', ['body $: is of type application/json, wanted text/plain']],
    ],
  ],
  [
    'bytes',
    binary('\xff\x00'),
    [
      [Uint8Array.of(255, 0), []],
      [Uint8Array.of(255), ['body $: has 1 bytes that are not the 2 of the pact']],
    ],
  ],
] as [string, PactBody, [ActualResponse['body'], string[]][]][])('body: %s', (_, body, cases) => {
  for (const [actual, issues] of cases) expect(saidOf({ body }, { body: actual })).toEqual(issues)
})

test('JSON that is none, and none that is', () => {
  const headers = typed('application/json')
  expect(saidOf({ headers, body: json({}) }, { headers, body: '{"token":"abc' })).toEqual(['body $: is no JSON'])
  expect(saidOf({ headers, body: json({}) }, { headers, body: Uint8Array.of(0xff) })).toEqual(['body $: is no JSON'])
  expect(saidOf({ headers, body: text('{') }, { headers, body: '{}' })).toEqual([
    '? body $: cannot be checked: the body in the pact is no JSON',
  ])
  expect(saidOf({ headers, body: text('{"a":1}') }, { headers, body: '{ "a": 1 }' })).toEqual([])
})

test.each([
  ['application/json', 'application/json; charset=utf-8', true],
  ['application/json', 'application/hal+json', true],
  ['application/json', 'application/vnd.x.v1+json;q=1', true],
  ['application/hal+json', 'application/json', false],
  ['application/json;charset=utf-8', 'application/json; charset=UTF-8', true],
  ['application/json;charset=utf-8', 'application/json', false],
  ['application/json', 'text/plain', false],
  ['*/*', 'text/plain', true],
])('a body of type %s can be compared with one of %s: %s', (wanted, actual, comparable) => {
  const found = saidOf(
    { body: { kind: 'json', value: {}, contentType: wanted } },
    { headers: typed(actual), body: '{}' },
  )
  // What of no type is wanted is compared as text, which this is too.
  expect(found.filter((issue) => issue.includes('is of type')).length === 0).toBe(comparable)
})

test('a rule for the content type says which other types will do', () => {
  const headers = typed('application/json')
  const rules = { status: null, headers: [rule('Content-Type', regex('.*json.*'))], body: [] }
  expect(saidOf({ headers, body: json({}), rules }, { headers: typed('text/json5'), body: '{}' })).toEqual([])
  expect(saidOf({ headers, body: json({}), rules }, { headers: typed('text/xml'), body: '{}' })).toEqual([
    'header content-type: does not match /.*json.*/',
    'body $: is of type text/xml, wanted application/json',
  ])
})

test.each([
  ['in another order', 'a=1&b=2', [], 'b=2&a=1', []],
  ['decoded', 'a=x+y&b=%C3%A9', [], 'a=x%20y&b=é', []],
  ['another value', 'a=1', [], 'a=2', ['body $.a: wanted "1"']],
  ['a missing one', 'a=1&b=2', [], 'a=1', ['body $.b: is missing']],
  ['a rule', 'a=1&b=2', [rule('$.a', regex(String.raw`\d+`))], 'a=77&b=2', []],
  [
    'a rule that is not met',
    'a=1',
    [rule('$.a', regex(String.raw`\d+`))],
    'a=x',
    [String.raw`body $.a: does not match /\d+/`],
  ],
  ['several values', 'a=1&a=2', [rule('$.a', { match: 'type', min: 2 })], 'a=3&a=4&a=5', []],
  ['a rule at the root', 'a=1', [rule('$', { match: 'type' })], 'a=2', []],
] as [string, string, Rule[], string, string[]][])('forms: %s', (_, body, rules, actual, issues) => {
  const headers = typed('application/x-www-form-urlencoded')
  expect(saidOf({ headers, body: text(body), ...bodyRules(...rules) }, { headers, body: actual })).toEqual(issues)
})

test.each([
  ['a regex', [rule('$', regex('a.*'))], 'abc', []],
  ['a regex that is not met', [rule('$', regex('a.'))], 'abc', ['body $: does not match /a./']],
  ['include', [rule('$', { match: 'include', value: 'b' })], 'abc', []],
  ['type', [rule('$', { match: 'type' })], 'anything', []],
  ['a rule that is not at the root', [rule('$.a', regex('x'))], 'x', ['body $: wanted "aa"']],
  ['integer', [rule('$', { match: 'integer' })], '12', []],
  ['null', [rule('$', { match: 'null' })], 'x', ['body $: is text, which the matcher "null" is not for']],
] as [string, Rule[], string, string[]][])('plain text: %s', (_, rules, actual, issues) => {
  const headers = typed('text/plain')
  expect(saidOf({ headers, body: text('aa'), ...bodyRules(...rules) }, { headers, body: actual })).toEqual(issues)
})

const gif = 'GIF89a\x01\x00\x01\x00\x00\x00\x00'

test.each([
  ['as in the pact', [], gif, []],
  ['another one', [], 'GIF87a', ['body $: has 6 bytes that are not the 13 of the pact']],
  ['by its content type', [rule('$', { match: 'contentType', value: 'image/gif' })], 'GIF87a', []],
  [
    'of another type',
    [rule('$', { match: 'contentType', value: 'image/png' })],
    gif,
    ['body $: looks like image/gif, wanted image/png'],
  ],
  [
    'no bytes of a picture',
    [rule('$', { match: 'contentType', value: 'image/gif' })],
    '\xfe\xff',
    ['body $: looks like application/octet-stream, wanted image/gif'],
  ],
  ['a text', [rule('$', { match: 'contentType', value: 'application/json' })], '{"a":1}', []],
  [
    'a type that the first bytes do not tell',
    [rule('$', { match: 'contentType', value: 'image/x-odd' })],
    '\xfe\xff',
    ['? body $: cannot be checked: the first bytes do not tell image/x-odd'],
  ],
  ['type, which any bytes have', [rule('$', { match: 'type' })], 'x', []],
  ['a regex', [rule('$', regex('GIF.*'))], 'GIFs', []],
  ['a regex, but bytes that are no text', [rule('$', regex('GIF.*'))], 'GIF\xff', ['body $: is no text']],
  [
    'a matcher that is not for it',
    [rule('$', { match: 'integer' })],
    '1',
    ['body $: is binary, which the matcher "integer" is not for'],
  ],
] as [string, Rule[], string, string[]][])('binary: %s', (_, rules, actual, issues) => {
  const headers = typed('image/gif')
  const body = Buffer.from(actual, 'latin1')
  expect(saidOf({ headers, body: binary(gif), ...bodyRules(...rules) }, { headers, body })).toEqual(issues)
})

test.each([
  ['application/xml', '<a/>', 'XML is not looked into'],
  ['application/atom+xml', '<a/>', 'XML is not looked into'],
  ['multipart/form-data; boundary=x', '--x', 'multipart bodies are not looked into'],
])('%s cannot be checked, not even against itself', (type, body, why) => {
  const headers = typed(type)
  expect(saidOf({ headers, body: text(body) }, { headers, body })).toEqual([`? body $: cannot be checked: ${why}`])
  expect(saidOf({ headers, body: text(body) }, { headers, body: '' })).toEqual(['body $: is missing'])
})

test('a V4 body states its own type', () => {
  const body = { kind: 'text', text: 'a=1', contentType: 'application/x-www-form-urlencoded' } as const
  const headers = typed('application/x-www-form-urlencoded')
  expect(saidOf({ body }, { headers, body: 'a=2' })).toEqual(['body $.a: wanted "1"'])
})
