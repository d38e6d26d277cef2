import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../../src/contract/define.ts'
import { looksLike } from '../../../src/pact/match/date/looks-like.ts'
import { compileJson } from '../../../src/pact/match/json/compile.ts'
import { parseJson } from '../../../src/pact/match/json/parse.ts'
import { messageMatching } from '../../../src/pact/match/message.ts'
import { pattern } from '../../../src/pact/match/regex/pattern.ts'
import { translate } from '../../../src/pact/match/regex/translate.ts'
import { requestMatching } from '../../../src/pact/match/request.ts'
import { responseMatching } from '../../../src/pact/match/response.ts'
import type { Matcher, MatcherSet, PactBody, Rule } from '../../../src/pact/model.ts'
import type { PathStep } from '../../../src/pact/path.ts'
import { pactMessage, pactRequest, pactResponse, said } from './examples.ts'

const keys = fc.constantFrom('a', 'b', '0', 'x y', '__proto__', 'toString', 'content-type')
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 9, 1.5, '', 'a', '1', '2026-11-21', '1.0.0'),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    // As a parser makes them: `__proto__` is a key like any other.
    fc.array(fc.tuple(keys, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}))

const patterns = fc.oneof(fc.constantFrom(String.raw`\d+`, '[a-z]*', '(?i)A', '(*', 'a|b', '.*'), fc.string())
const path = fc.array(
  fc.oneof(
    keys.map((field): PathStep => ({ field })),
    fc.nat({ max: 3 }).map((index): PathStep => ({ index })),
    fc.constantFrom<PathStep>('*', '[*]'),
  ),
  { maxLength: 4 },
)
const plain = fc.oneof(
  fc.constantFrom<Matcher>(
    ...(['equality', 'integer', 'decimal', 'number', 'boolean', 'null', 'notEmpty', 'semver'] as const).map(
      (match) => ({
        match,
      }),
    ),
    { match: 'type' },
    { match: 'values' },
    { match: 'type', min: 2 },
    { match: 'type', max: 1 },
    { match: 'contentType', value: 'image/png' },
    { match: 'statusCode', status: 'success' },
    { match: 'unknown', name: 'jq' },
  ),
  patterns.map((regex): Matcher => ({ match: 'regex', regex })),
  fc.string().map((value): Matcher => ({ match: 'include', value })),
  fc.constantFrom(null, 'yyyy', "'").map((format): Matcher => ({ match: 'date', format })),
)
const nested = fc.oneof(
  fc.array(plain, { maxLength: 2 }).map((rules): Matcher => ({ match: 'eachKey', rules })),
  fc.array(plain, { maxLength: 2 }).map((rules): Matcher => ({ match: 'eachValue', rules })),
  fc.array(fc.tuple(fc.nat({ max: 2 }), path, plain), { maxLength: 2 }).map((variants): Matcher => ({
    match: 'arrayContains',
    variants: variants.map(([index, steps, matcher]) => ({
      index,
      rules: [{ path: steps, combine: 'AND', matchers: [matcher] }],
    })),
  })),
)
const set = fc.record({
  combine: fc.constantFrom<MatcherSet['combine']>('AND', 'OR'),
  matchers: fc.array(fc.oneof({ weight: 3, arbitrary: plain }, nested), { maxLength: 3 }),
})
const rules = fc.array(
  fc.tuple(path, set).map(([steps, { combine, matchers }]): Rule => ({ path: steps, combine, matchers })),
  { maxLength: 5 },
)

test('property: whatever the example, the rules and what comes, both ways agree and nothing is thrown', () => {
  fc.assert(
    fc.property(json, rules, json, fc.constantFrom('allowed', 'forbidden'), (value, some, actual, extraKeys) => {
      const matching = compileJson({ value, rules: some, extraKeys })
      said(matching, actual)
      said(matching, value)
      said(matching, parseJson(JSON.stringify(actual), true))
    }),
    { numRuns: 1_000 },
  )
})

test('property: without rules, an example is like itself and like nothing that differs', () => {
  fc.assert(
    fc.property(json, json, (value, other) => {
      const strict = compileJson({ value, rules: [], extraKeys: 'forbidden' })
      const same = JSON.parse(JSON.stringify(value)) as Json
      expect(strict.mismatches(same)).toEqual([])
      expect(strict.matches(other)).toBe(sorted(value) === sorted(other))
    }),
  )
})

function sorted(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

test('property: one alternative that nobody can check makes no pass, and takes none away', () => {
  const unknown: Matcher = { match: 'unknown', name: 'jq' }
  fc.assert(
    fc.property(json, plain, json, (value, matcher, actual) => {
      const kept = (combine: 'AND' | 'OR', ...matchers: Matcher[]) =>
        compileJson({ value, rules: [{ path: [], combine, matchers }], extraKeys: 'allowed' }).matches(actual)
      if (typeof value === 'object' && value !== null) return
      expect(kept('OR', unknown, matcher)).toBe(kept('AND', matcher))
      expect(kept('AND', unknown, matcher)).toBe(false)
    }),
  )
})

const body: fc.Arbitrary<PactBody> = fc.oneof(
  fc.constantFrom<PactBody>({ kind: 'absent' }, { kind: 'empty' }),
  fc
    .tuple(json, fc.constantFrom(null, 'application/json', 'text/plain', 'nonsense'))
    .map(([value, contentType]): PactBody => ({ kind: 'json', value, contentType })),
  fc.string().map((text): PactBody => ({ kind: 'text', text, contentType: null })),
  fc.base64String().map((base64): PactBody => ({ kind: 'binary', base64, contentType: null })),
)
const types = fc.constantFrom(
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'image/png',
  'text/xml',
  '*/*',
  ';',
  'a/b;c',
)
const values = fc.array(fc.oneof(types, fc.string()), { maxLength: 3 })
const headers = fc.dictionary(fc.oneof(keys, fc.string()), values)
const payload = fc.oneof(
  fc.constant(null),
  fc.string(),
  json.map((value) => JSON.stringify(value)),
  fc.uint8Array(),
)
const query = fc.dictionary(fc.string(), fc.array(fc.option(fc.string()), { maxLength: 3 }))

test('property: whatever a pact says and whatever comes, nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.record({ expected: headers, actual: headers }),
      fc.record({ expected: query, actual: query }),
      fc.record({ expected: body, actual: payload }),
      fc.record({ path: fc.option(set), query: rules, headers: rules, body: rules }),
      fc.record({ status: fc.integer(), path: fc.string(), method: fc.string() }),
      (head, ask, content, some, { status, path: way, method }) => {
        const actual = { status, method, path: way, query: ask.actual, headers: head.actual, body: content.actual }
        const expected = { headers: head.expected, body: content.expected }
        said(requestMatching(pactRequest({ ...expected, query: ask.expected, rules: some })), actual)
        said(responseMatching(pactResponse({ ...expected, rules: { ...some, status: some.path } })), actual)
        const message = { contents: content.expected, metadata: { ...head.expected } }
        const messageRules = { metadata: some.headers, contents: some.body }
        said(messageMatching(pactMessage({ ...message, rules: messageRules })), {
          contents: content.actual,
          metadata: head.actual,
        })
      },
    ),
    { numRuns: 500 },
  )
})

test('property: no regular expression and no pattern of a date makes anything throw', () => {
  const source = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...String.raw`ab1()[]{}|?*+.^$\-:<>!=,i&Qp `) }),
  )
  fc.assert(
    fc.property(source, fc.string(), (foreign, text) => {
      expect(typeof pattern(foreign)(text, null)).toBe('boolean')
      expect(typeof looksLike({ match: 'date', format: foreign })(text, null)).toBe('boolean')
    }),
    { numRuns: 2_000 },
  )
})

test('property: text that is quoted is itself, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, other) => {
      fc.pre(!text.includes(String.raw`\E`) && !text.endsWith('\\'))
      const check = pattern(String.raw`\Q${text}\E`)
      expect(check(text, null)).toBe(true)
      expect(check(other, null)).toBe(other === text)
    }),
  )
})

test('property: what JavaScript says of a plain pattern is what it is taken for', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    '1',
    '.',
    'a*',
    'b+',
    'a?',
    '(a|b)',
    '[ab]',
    '[^a]',
    String.raw`\d`,
    String.raw`\w{1,2}`,
    '|',
  )
  fc.assert(
    fc.property(
      fc.array(unit, { minLength: 1 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '1', '-') }),
      (parts, text) => {
        const source = parts.join('')
        expect(translate(source)).toMatchObject({ source, flags: 'u' })
        expect(pattern(source)(text, null)).toBe(new RegExp(`^(?:${source})$`).test(text))
      },
    ),
  )
})
