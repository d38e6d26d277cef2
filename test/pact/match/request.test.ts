import { expect, test } from 'vitest'
import { type ActualRequest, requestMatching } from '../../../src/pact/match/request.ts'
import type { MatcherSet, PactRequest, Rule } from '../../../src/pact/model.ts'
import { either, json, pactRequest, regex, request, rule, said, text } from './examples.ts'

const noRules = { path: null, query: [], headers: [], body: [] }

/** What a request with these parts wants. */
function saidOf(expected: Partial<PactRequest>, actual: Partial<ActualRequest>): string[] {
  return said(requestMatching(pactRequest(expected)), request(actual))
}

test('method and path are as in the pact; the case of the method does not matter', () => {
  expect(saidOf({ method: 'GET', path: '/a' }, { method: 'get', path: '/a' })).toEqual([])
  expect(saidOf({ method: 'GET', path: '/a' }, { method: 'POST', path: '/A' })).toEqual([
    'method: is POST, wanted GET',
    'path: wanted "/a"',
  ])
})

test.each([
  ['a rule for it', { combine: 'AND', matchers: [regex(String.raw`/a/\d+`)] }, ['/a/12'], ['/a/x', '/a/1/b']],
  ['one of two', { combine: 'OR', matchers: [regex('/x'), { match: 'equality' }] }, ['/x', '/a/1'], ['/y']],
  ['a type, which any path has', { combine: 'AND', matchers: [{ match: 'type' }] }, ['/', ''], []],
  ['no matchers, which is no rule', { combine: 'AND', matchers: [] }, ['/a/1'], ['/a/2']],
] as [string, MatcherSet, string[], string[]][])('path: %s', (_, path, good, bad) => {
  const kept = (actual: string) => saidOf({ path: '/a/1', rules: { ...noRules, path } }, { path: actual }).length === 0
  expect([...good, ...bad].filter(kept)).toEqual(good)
})

test.each([
  ['as in the pact', { q: ['1'], r: ['2', '3'] }, [], { r: ['2', '3'], q: ['1'] }, []],
  ['an unexpected one', {}, [], { q: ['1'] }, ['query q: is not in the pact']],
  ['a missing one', { q: ['1'] }, [], {}, ['query q: is missing']],
  [
    'values in another order',
    { q: ['1', '2'] },
    [],
    { q: ['2', '1'] },
    ['query q[0]: wanted "1"', 'query q[1]: wanted "2"'],
  ],
  ['too few values', { q: ['1', '2'] }, [], { q: ['1'] }, ['query q: has 1 value, wanted 2']],
  ['a parameter without a value', { q: [null] }, [], { q: [''] }, []],
  ['a rule for it', { q: ['1'] }, [rule('q', regex(String.raw`\d+`))], { q: ['22'] }, []],
  [
    'for all of its values',
    { q: ['1'] },
    [rule('q', regex(String.raw`\d+`))],
    { q: ['2', 'x'] },
    [String.raw`query q[1]: does not match /\d+/`],
  ],
  ['for one of its values', { q: ['1', '2'] }, [rule('q[1]', { match: 'type' })], { q: ['1', 'x'] }, []],
  [
    'which is not the other',
    { q: ['1', '2'] },
    [rule('q[1]', { match: 'type' })],
    { q: ['x', '2'] },
    ['query q[0]: wanted "1"'],
  ],
  [
    'how many there are',
    { q: ['1'] },
    [rule('q', { match: 'type', min: 2 })],
    { q: ['1'] },
    ['query q: has 1 elements, wanted at least 2'],
  ],
  ['numbers', { q: ['1'] }, [rule('q', { match: 'number' })], { q: ['-1.5e3'] }, []],
  [
    'an integer has no sign, says the reference',
    { q: ['1'] },
    [rule('q', { match: 'integer' })],
    { q: ['-1'] },
    ['query q: wanted an integer'],
  ],
  ['a boolean', { q: ['true'] }, [rule('q', { match: 'boolean' })], { q: ['no'] }, ['query q: wanted true or false']],
  [
    'eachValue',
    { q: ['1'] },
    [rule('q', { match: 'eachValue', rules: [regex('[a-c]')] })],
    { q: ['a', 'd'] },
    ['query q[1]: does not match /[a-c]/'],
  ],
  [
    'arrayContains',
    { q: ['1', '2'] },
    [rule('q', { match: 'arrayContains', variants: [] })],
    { q: ['2', '3', '1'] },
    [],
  ],
  [
    'one of two rules',
    { q: ['1'] },
    [either('q', regex('a'), { match: 'equality' })],
    { q: ['b'] },
    [
      'query q: does not match /a/',
      'query q: is another list than wanted',
      'query q: does not match /a/',
      'query q: wanted "1"',
    ],
  ],
] as [string, PactRequest['query'], Rule[], ActualRequest['query'], string[]][])(
  'query: %s',
  (_, query, rules, actual, issues) => {
    const found = saidOf({ query, rules: { ...noRules, query: rules } }, { query: actual })
    expect(found.filter((issue, index) => found.indexOf(issue) === index).toSorted()).toEqual(
      [...new Set(issues)].toSorted(),
    )
  },
)

test.each([
  ['names have no case, and more may come', { accept: ['a'] }, [], { ACCEPT: 'a', other: 'x' }, []],
  ['a missing one', { 'x-a': ['1'] }, [], {}, ['header x-a: is missing']],
  ['another value', { 'x-a': ['1'] }, [], { 'x-a': '2' }, ['header x-a: wanted "1"']],
  ['white space around commas', { 'x-a': ['a,b'] }, [], { 'x-a': ' a , b ' }, []],
  ['values as a list or as a text', { vary: ['a', 'b'] }, [], { vary: 'a,b' }, []],
  ['a text or a list', { vary: ['a, b'] }, [], { vary: ['a', 'b'] }, []],
  ['too many values', { vary: ['a'] }, [], { vary: ['a', 'b'] }, ['header vary: wanted "a"']],
  ['a date is one value', { expires: ['Sat, 21 Nov 2026'] }, [], { expires: 'Sat, 21 Nov 2026' }, []],
  ['more parameters are fine', { accept: ['a/b; x=1'] }, [], { accept: 'a/b;y=2;x=1' }, []],
  [
    'whose values have no case',
    { 'content-type': ['a/b;charset=UTF-8'] },
    [],
    { 'content-type': 'a/b; charset=utf-8' },
    [],
  ],
  ['a missing parameter', { accept: ['a/b;x=1'] }, [], { accept: 'a/b' }, ['header accept: wanted "a/b;x=1"']],
  ['a rule for it', { 'x-a': ['1'] }, [rule('x-a', regex(String.raw`\d`))], { 'X-A': '2' }, []],
  [
    'a rule in another case',
    { 'x-a': ['1'] },
    [rule('X-A', regex(String.raw`\d`))],
    { 'x-a': 'x' },
    [String.raw`header x-a: does not match /\d/`],
  ],
  [
    'a rule for all values',
    { vary: ['a', 'b'] },
    [rule('vary', regex('[a-c]'))],
    { vary: 'c, d' },
    ['header vary[1]: does not match /[a-c]/'],
  ],
  ['a rule for one value', { vary: ['a', 'b'] }, [rule("$['vary'][1]", { match: 'type' })], { vary: 'a, z' }, []],
  ['a rule for a header that is not in the pact', {}, [rule('x-a', regex('a'))], {}, []],
] as [string, PactRequest['headers'], Rule[], ActualRequest['headers'], string[]][])(
  'headers: %s',
  (_, headers, rules, actual, issues) => {
    expect(saidOf({ headers, rules: { ...noRules, headers: rules } }, { headers: actual })).toEqual(issues)
  },
)

test('a header called __proto__ is a header', () => {
  const headers = JSON.parse('{"__proto__":["1"]}') as PactRequest['headers']
  expect(saidOf({ headers }, {})).toEqual(['header __proto__: is missing'])
  expect(saidOf({ query: { constructor: ['1'] } }, {})).toEqual(['query constructor: is missing'])
})

test('a request may have no more keys than the pact, a form no more parameters', () => {
  expect(saidOf({ body: json({ a: 1 }) }, { body: '{"a":1,"b":1}' })).toEqual(['body $.b: is not in the pact'])
  const form = text('a=1', 'application/x-www-form-urlencoded')
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(saidOf({ body: form }, { headers, body: 'a=1&b=2' })).toEqual(['body $.b: is not in the pact'])
})
