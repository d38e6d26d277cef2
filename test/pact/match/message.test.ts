import { expect, test } from 'vitest'
import { type ActualMessage, messageMatching } from '../../../src/pact/match/message.ts'
import type { PactMessage } from '../../../src/pact/model.ts'
import { json, message, pactMessage, regex, rule, said } from './examples.ts'

function saidOf(expected: Partial<PactMessage>, actual: Partial<ActualMessage>): string[] {
  return said(messageMatching(pactMessage(expected)), message(actual))
}

test('contents are compared as the body of a response is', () => {
  const rules = { metadata: [], contents: [rule('$.id', { match: 'integer' })] }
  const contents = json({ id: 1, kind: 'made' })
  expect(saidOf({ contents, rules }, { contents: '{"id":7,"kind":"made","more":1}' })).toEqual([])
  expect(saidOf({ contents, rules }, { contents: '{"id":"7"}' })).toEqual([
    'body $.id: is a string, wanted an integer',
    'body $.kind: is missing',
  ])
  expect(saidOf({ contents }, {})).toEqual(['body $: is missing'])
})

test.each([
  ['as in the pact, and more', { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1, z: 0 }, []],
  ['a missing one', { a: 1 }, {}, ['metadata a: is missing']],
  ['another value', { a: { b: 1 } }, { a: { b: 2 } }, ['metadata a: is another object, wanted {"b":1}']],
  ['more parameters of a content type', { contentType: 'a/b' }, { contentType: 'a/b; charset=utf-8' }, []],
  [
    'another content type',
    { 'content-type': 'a/b' },
    { 'content-type': 'a/c' },
    ['metadata content-type: wanted "a/b"'],
  ],
] as [string, PactMessage['metadata'], ActualMessage['metadata'], string[]][])(
  'metadata: %s',
  (_, metadata, actual, issues) => {
    expect(saidOf({ metadata }, { metadata: actual })).toEqual(issues)
  },
)

test('rules for metadata', () => {
  const rules = { metadata: [rule('a', regex('[a-z]+')), rule('n', { match: 'type' })], contents: [] }
  const metadata = { a: 'x', n: 1 }
  expect(saidOf({ metadata, rules }, { metadata: { a: 'yz', n: 7 } })).toEqual([])
  expect(saidOf({ metadata, rules }, { metadata: { a: 'Y', n: '7' } })).toEqual([
    'metadata a: does not match /[a-z]+/',
    'metadata n: is a string, wanted a number',
  ])
})

test('the type of the contents is that of the metadata', () => {
  const contents = { kind: 'text', text: '<a/>', contentType: null } as const
  const metadata = { contentType: 'application/xml' }
  expect(saidOf({ contents, metadata }, { contents: '<a/>', metadata })).toEqual([
    '? body $: cannot be checked: XML is not looked into',
  ])
})
