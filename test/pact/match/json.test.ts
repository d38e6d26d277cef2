import { expect, test } from 'vitest'
import type { Json } from '../../../src/contract/define.ts'
import { compileJson } from '../../../src/pact/match/json/compile.ts'
import { parseJson } from '../../../src/pact/match/json/parse.ts'
import type { Matcher, Rule } from '../../../src/pact/model.ts'
import { either, regex, rule, said } from './examples.ts'

/** What a response of which the body is `value` says of `actual`, given as text. */
function saidOf(value: Json, rules: readonly Rule[], actual: string, extraKeys: 'allowed' | 'forbidden' = 'allowed') {
  const matching = compileJson({ value, rules, extraKeys })
  return said(matching, parseJson(actual, matching.exact))
}

const each = (...rules: Matcher[]): Matcher => ({ match: 'eachValue', rules })
const eachKey = (...rules: Matcher[]): Matcher => ({ match: 'eachKey', rules })

/** An example, a matcher for it, what meets it, and what does not. */
const matchers: [name: string, value: Json, matcher: Matcher, good: string[], bad: string[]][] = [
  ['equality', 'a', { match: 'equality' }, ['"a"'], ['"b"', 'null', '["a"]']],
  ['equality of numbers, by value', 9, { match: 'equality' }, ['9', '9.0', '0.9e1'], ['"9"', '9.1']],
  ['equality of null', null, { match: 'equality' }, ['null'], ['0', '""', '{}']],
  ['type of a text', 'a', { match: 'type' }, ['""', '"b"'], ['1', 'null', '["a"]', '{}']],
  ['type of a number', 1, { match: 'type' }, ['2', '1.5', '-1e3'], ['"1"', 'true']],
  ['type of a boolean', true, { match: 'type' }, ['false'], ['"true"', '1']],
  ['type of null', null, { match: 'type' }, ['null'], ['0', '""']],
  ['number', 1, { match: 'number' }, ['1', '1.5', '9.0'], ['"1"', 'null']],
  ['integer', 1, { match: 'integer' }, ['2', '-2', '12345678901'], ['1.5', '9.0', '1e3', '"1"', 'null']],
  ['decimal', 1.5, { match: 'decimal' }, ['2.5', '9.0', '1e3', '-0.0'], ['9', '"1.5"', 'null']],
  ['boolean', true, { match: 'boolean' }, ['false', '"true"', '"false"'], ['"yes"', '1', 'null']],
  ['null', null, { match: 'null' }, ['null'], ['""', '0', 'false', '{}', '[]']],
  ['notEmpty', 'a', { match: 'notEmpty' }, ['"b"', '0', 'false'], ['""', 'null', '[]', '{}']],
  ['semver', '1.0.0', { match: 'semver' }, ['"1.2.3-rc.1+b5"'], ['"1.2"', '"01.2.3"', '"v1.2.3"', '1']],
  [
    'regex, of the whole text',
    '1',
    regex(String.raw`\d+`),
    ['"12"', '12'],
    ['"a12"', '"12 "', '"12\\n"', '""', 'null'],
  ],
  ['regex of alternatives, of the whole text', 'a', regex('a|ab'), ['"a"', '"ab"'], ['"abb"', '"b"']],
  ['regex of a number as it is written', 1.5, regex(String.raw`\d+\.\d`), ['2.5', '9.0'], ['9', '"x"']],
  ['regex of null', 'a', regex('null'), ['null', '"null"'], ['""']],
  ['include', 'abc', { match: 'include', value: 'b' }, ['"b"', '"xbx"', '{"b":1}'], ['"a"', 'null']],
  ['date', '2020-01-01', { match: 'date', format: null }, ['"1999-12-31"'], ['"1999-13-01"', '"now"', '20200101']],
  ['time', '10:00', { match: 'time', format: 'HH:mm' }, ['"23:59"'], ['"24:00"', '"9"']],
  ['values of a text', 'a', { match: 'values' }, ['"a"'], ['"b"']],
  ['statusCode', 'a', { match: 'statusCode', status: 'success' }, ['"b"', 'null'], []],
  ['contentType, of base64', 'eA==', { match: 'contentType', value: 'image/gif' }, ['"R0lGODlh"'], ['"eA=="', '"gif"']],
]

test.each(matchers)('%s', (_, value, matcher, good, bad) => {
  const kept = (actual: string) => saidOf(value, [rule('$', matcher)], actual).length === 0
  expect(good.filter((actual) => !kept(actual))).toEqual([])
  expect(bad.filter(kept)).toEqual([])
})

test('without the text, a number is decimal when it has a fraction', () => {
  const { matches } = compileJson({ value: 1, rules: [rule('$', { match: 'decimal' })], extraKeys: 'allowed' })
  expect([9, 9.5].map(matches)).toEqual([false, true])
})

test.each([
  ['what is missing', { a: 1, b: { c: 2 } }, [], '{"b":{}}', ['body $.a: is missing', 'body $.b.c: is missing']],
  [
    'what is of another kind',
    { a: {}, b: [] },
    [],
    '{"a":[],"b":{}}',
    ['body $.a: is an array, wanted an object', 'body $.b: is an object, wanted an array'],
  ],
  [
    'odd keys',
    { 'a b': { "it's": 1 } },
    [],
    '{"a b":{"it\'s":2}}',
    [String.raw`body $['a b']['it\'s']: is another number, wanted 1`],
  ],
  [
    'keys that every object inherits',
    { toString: 1, __proto__x: 1 },
    [],
    '{}',
    ['body $.toString: is missing', 'body $.__proto__x: is missing'],
  ],
  ['a value of another kind', { a: 'x' }, [], '{"a":null}', ['body $.a: is null, wanted "x"']],
  ['not what came', { a: 'x' }, [], '{"a":"secret"}', ['body $.a: is another string, wanted "x"']],
  [
    'too many and too few elements',
    { a: [1], b: [1, 2] },
    [],
    '{"a":[1,1],"b":[1]}',
    ['body $.a: has 2 elements, wanted 1', 'body $.b: has 1 elements, wanted 2'],
  ],
  [
    'an unknown matcher',
    { a: 1 },
    [rule('$.a', { match: 'unknown', name: 'jq' })],
    '{"a":1}',
    ['? body $.a: cannot be checked: the matcher "jq" is not known'],
  ],
] as [string, Json, Rule[], string, string[]][])('says %s', (_, value, rules, actual, issues) => {
  expect(saidOf(value, rules, actual)).toEqual(issues)
})

test.each([
  ['extra keys are fine in responses', { a: 1 }, '{"a":1,"b":2}', 'allowed', []],
  ['but not in requests', { a: { b: 1 } }, '{"a":{"b":1,"c":1}}', 'forbidden', ['body $.a.c: is not in the pact']],
  ['any object is like {} in responses', {}, '{"a":1}', 'allowed', []],
  [
    'only {} is in requests',
    {},
    '{"a":1}',
    'forbidden',
    ['body $: has keys, wanted an empty object', 'body $.a: is not in the pact'],
  ],
  ['an empty list is empty', [], '[1]', 'allowed', ['body $: has 1 elements, wanted 0']],
] as [string, Json, string, 'allowed' | 'forbidden', string[]][])('%s', (_, value, actual, extraKeys, issues) => {
  expect(saidOf(value, [], actual, extraKeys)).toEqual(issues)
})

/** Rules, an example, and bodies: which of them are as wanted. */
test.each([
  [
    'a rule holds below its place',
    { a: { b: 'x' } },
    [rule('$.a', { match: 'type' })],
    { '{"a":{"b":"y"}}': true, '{"a":{"b":1}}': false },
  ],
  [
    'a rule of its own comes first',
    { a: { b: 'x' } },
    [rule('$', { match: 'type' }), rule('$.a.b', { match: 'equality' })],
    { '{"a":{"b":"y"}}': false },
  ],
  ['a rule at the root', { a: 1 }, [rule('$', { match: 'type' })], { '{"a":2}': true, '{"a":"2"}': false }],
  ['a path without a root', { a: 1 }, [rule('a', { match: 'type' })], { '{"a":2}': true }],
  ['a path in brackets', { 'a b': 1 }, [rule("$['a b']", { match: 'type' })], { '{"a b":2}': true }],
  [
    '* is any field',
    { a: 1, b: 'x' },
    [rule('$.*', { match: 'type' })],
    { '{"a":2,"b":"y"}': true, '{"a":"2","b":"y"}': false },
  ],
  [
    '* is any element too',
    [1],
    [rule('$', { match: 'type' }), rule('$.*', { match: 'integer' })],
    { '[2]': true, '[1.5]': false },
  ],
  [
    '[*] is any element',
    { a: [1] },
    [rule('$.a', { match: 'type' }), rule('$.a[*]', { match: 'integer' })],
    { '{"a":[2,3]}': true, '{"a":[2,1.5]}': false },
  ],
  [
    '[*] is no field, unless it is a number',
    { a: 1, '7': 1 },
    [rule('$[*]', { match: 'type' })],
    { '{"a":1,"7":2}': true, '{"a":2,"7":1}': false },
  ],
  ['an index is one element', [1, 1], [rule('$[1]', { match: 'type' })], { '[1,2]': true, '[2,1]': false }],
  [
    'an index beyond the example',
    [1],
    [rule('$', { match: 'type' }), rule('$[2]', { match: 'null' })],
    { '[1,2,null]': true, '[1,2,3]': false },
  ],
  [
    'a name weighs more than a star',
    { a: 1 },
    [rule('$.*', { match: 'type' }), rule('$.a', { match: 'equality' })],
    { '{"a":2}': false },
  ],
  [
    'a short way with names beats a long one with stars',
    { a: { b: 1 } },
    [rule('$.*.*', { match: 'type' }), rule('$.a', { match: 'equality' })],
    { '{"a":{"b":2}}': false },
  ],
  [
    'a rule further down is not for its parents',
    { a: { b: 1 } },
    [rule('$.a.b.c', { match: 'type' })],
    { '{"a":{"b":2}}': false },
  ],
  ['a rule that demands nothing is none', { a: 1 }, [rule('$.a')], { '{"a":1}': true, '{"a":2}': false }],
  [
    'AND: all of them',
    'abc',
    [rule('$', { match: 'type' }, { match: 'include', value: 'c' })],
    { '"c"': true, '"d"': false },
  ],
  [
    'OR: one of them',
    3,
    [either('$', { match: 'number' }, { match: 'null' })],
    { null: true, '3': true, '"x"': false },
  ],
  [
    'OR, but the key must be there',
    { a: 3 },
    [either('$.a', { match: 'number' }, { match: 'null' })],
    { '{"a":null}': true, '{}': false },
  ],
  [
    'OR does not combine for objects',
    { a: {} },
    [either('$.a', { match: 'type' }, { match: 'null' })],
    { '{"a":{}}': false, '{"a":null}': false },
  ],
  [
    'OR for lists',
    [1],
    [either('$', { match: 'type', min: 3 }, { match: 'notEmpty' })],
    { '[1]': true, '[1,1,1]': true },
  ],
] as [string, Json, Rule[], Record<string, boolean>][])('%s', (_, value, rules, verdicts) => {
  const kept = Object.keys(verdicts).map((actual) => [actual, saidOf(value, rules, actual).length === 0])
  expect(Object.fromEntries(kept)).toEqual(verdicts)
})

test.each([
  [
    'elements are like the first',
    ['x'],
    [rule('$', { match: 'type' })],
    { '["y","z"]': true, '["y",1]': false, '[]': true },
  ],
  ['fewer than the example', ['x', 'y'], [rule('$', { match: 'type' })], { '["z"]': true }],
  ['min', ['x'], [rule('$', { match: 'type', min: 2 })], { '["a","b"]': true, '["a"]': false }],
  ['max', ['x'], [rule('$', { match: 'type', max: 1 })], { '["a","b"]': false, '[]': true }],
  [
    'min and max',
    ['x'],
    [rule('$', { match: 'type', min: 1, max: 2 })],
    { '[]': false, '["a","b"]': true, '["a","b","c"]': false },
  ],
  [
    'min is for its own list only',
    [['x', 'y']],
    [rule('$', { match: 'type', min: 2 })],
    { '[["a"],["b"]]': true, '[["a"]]': false },
  ],
  [
    'an empty example is not looked into',
    [],
    [rule('$', { match: 'type', min: 2 })],
    { '[1,"a"]': true, '[]': true, '{}': false },
  ],
  ['an empty example below a rule', { a: [] }, [rule('$', { match: 'type' })], { '{"a":[1,"a"]}': true }],
  ['equality of a list', [1], [rule('$', { match: 'equality' })], { '[1]': true, '[1,1]': false }],
  ['notEmpty list', [1], [rule('$', { match: 'notEmpty' })], { '[1,0]': true, '[]': false, '[null]': false }],
  ['null is no list', [1], [rule('$', { match: 'null' })], { '[1]': false, null: false }],
  [
    'eachValue of a list',
    ['x'],
    [rule('$', each(regex('[a-z]')))],
    { '["a","b"]': true, '["a","B"]': false, '[]': true },
  ],
  [
    'eachValue puts other rules aside',
    [{ a: 1 }],
    [rule('$', each({ match: 'type' })), rule('$[*].a', { match: 'null' })],
    { '[{"a":2}]': true },
  ],
  [
    'arrayContains by example',
    ['x', 'y'],
    [rule('$', { match: 'arrayContains', variants: [] })],
    { '["y","q","x"]': true, '["x"]': false },
  ],
  [
    'arrayContains by rules',
    [{ t: 'a', v: 1 }, { t: 'b' }],
    [
      rule('$', {
        match: 'arrayContains',
        variants: [
          { index: 0, rules: [rule('$.v', { match: 'integer' })] },
          { index: 1, rules: [] },
        ],
      }),
    ],
    { '[{"t":"b"},{},{"t":"a","v":7}]': true, '[{"t":"a","v":"7"},{"t":"b"}]': false, '[{"t":"b"}]': false },
  ],
  [
    'arrayContains of what the pact has not',
    ['x'],
    [rule('$', { match: 'arrayContains', variants: [{ index: 3, rules: [] }] })],
    { '["x"]': false },
  ],
] as [string, Json, Rule[], Record<string, boolean>][])('lists: %s', (_, value, rules, verdicts) => {
  const kept = Object.keys(verdicts).map((actual) => [actual, saidOf(value, rules, actual).length === 0])
  expect(Object.fromEntries(kept)).toEqual(verdicts)
})

test.each([
  ['type', { a: 1 }, [rule('$', { match: 'type' })], { '{"a":2,"b":1}': true, '{}': false }],
  [
    'min and max count keys',
    { a: 1 },
    [rule('$', { match: 'type', min: 2, max: 2 })],
    { '{"a":1,"b":1}': true, '{"a":1}': false },
  ],
  [
    'values: whatever the keys',
    { a: 1 },
    [rule('$', { match: 'values' }), rule('$.*', { match: 'integer' })],
    { '{"x":1,"y":2}': true, '{"x":1.5}': false, '{}': true },
  ],
  [
    'values compare with the same key, else with the first',
    { b: 'B', a: { c: 1 } },
    [rule('$', { match: 'values' })],
    { '{"b":"B"}': true, '{"x":{"c":1}}': true, '{"x":"B"}': false },
  ],
  ['eachValue', { a: 1 }, [rule('$', each({ match: 'integer' }))], { '{"x":1,"y":2}': true, '{"x":"1"}': false }],
  ['eachKey', { a: 1 }, [rule('$', eachKey(regex('[a-z]+')))], { '{"x":2}': true, '{"X":1}': false, '{}': true }],
  [
    'eachKey and eachValue',
    { a: 1 },
    [rule('$', eachKey(regex('[a-z]')), each({ match: 'integer' }))],
    { '{"x":2}': true, '{"x":"2"}': false, '{"X":2}': false },
  ],
  [
    'eachKey frees no keys further down',
    { a: { b: 1 } },
    [rule('$', eachKey(regex('[a-z]')))],
    { '{"a":{}}': false, '{"x":{}}': true },
  ],
  [
    'equality',
    { a: { b: [1] } },
    [rule('$', { match: 'equality' })],
    { '{"a":{"b":[1]}}': true, '{"a":{"b":[1]},"c":1}': false },
  ],
  ['notEmpty', {}, [rule('$', { match: 'notEmpty' })], { '{"a":1}': true, '{}': false }],
  ['a matcher for single values', { a: 1 }, [rule('$', { match: 'integer' })], { '{"a":1}': false }],
  ['a regex is for what is in it', { a: 'x' }, [rule('$', regex('[a-z]'))], { '{"a":"y"}': true, '{"a":"Y"}': false }],
] as [string, Json, Rule[], Record<string, boolean>][])('objects: %s', (_, value, rules, verdicts) => {
  const kept = Object.keys(verdicts).map((actual) => [actual, saidOf(value, rules, actual).length === 0])
  expect(Object.fromEntries(kept)).toEqual(verdicts)
})

test('free keys are free in requests too', () => {
  const rules = [rule('$', { match: 'values' })]
  expect(saidOf({ a: 1 }, rules, '{"x":1,"y":1}', 'forbidden')).toEqual([])
})

test('what nobody can say of an element is not called missing', () => {
  const unsure = rule('$', { match: 'unknown', name: 'jq' })
  const contains = rule('$', { match: 'arrayContains', variants: [{ index: 0, rules: [unsure] }] })
  expect(saidOf([1], [contains], '[2]')).toEqual(['? body $: has no element like 1 of which one can be sure'])
  expect(saidOf([1], [contains], '[]')).toEqual(['body $: has no element like 1'])
})

test('an answer nested a hundred thousand times does no harm', () => {
  const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`
  expect(saidOf('x', [rule('$', regex('x'))], deep)).toHaveLength(1)
  expect(saidOf([1], [rule('$', { match: 'type' })], deep)).toEqual(['body $[0]: is an array, wanted a number'])
})
