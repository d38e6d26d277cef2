import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Answer } from '../../src/contract/check.ts'
import { compileContracts } from '../../src/contract/compile.ts'
import { defineContract } from '../../src/contract/define.ts'
import { type Half, reduced, refused, type RefusedHalf, type Stance } from '../../src/contract/stance.ts'
import storefront from '../examples/browser--storefront.contract.ts'

function checkerOf(response: Half, degraded: Record<string, Stance> = {}) {
  const interactions = { read: { request: { method: 'GET', path: '/' }, response, degraded } }
  const contract = defineContract({ consumer: 'a', provider: 'b', interactions })
  return compileContracts([{ file: 'a.contract.ts', contract }]).checker
}

function answer(status = 200, headers: Record<string, string> = {}, body = ''): Answer {
  return { status, headers, body }
}

/** What is wrong with an answer to a refused half, in words; nothing when it keeps the half. */
function refusedIssues(half: RefusedHalf, response: Answer): string[] {
  const checker = checkerOf({ status: 418 }, { 'x: *': refused(half) })
  const issues = checker.explain(0, response).find(({ bit }) => bit === 1)?.issues ?? []
  expect(checker.keeps(0, response)).toBe(issues.length === 0 ? 2 : 0)
  return issues
}

function issuesOf(half: Half, response: Answer): string[] {
  const checker = checkerOf(half)
  const issues = checker.explain(0, response)[0]?.issues ?? []
  expect(checker.keeps(0, response)).toBe(issues.length === 0 ? 1 : 0)
  return issues
}

const full = JSON.stringify({ id: 1, title: 'T', comments: [{ author: 'A', text: 'x' }] })
const less = JSON.stringify({ id: 1, title: 'T', commentsAvailable: false })
const problem = { 'Content-Type': 'application/problem+json; charset=utf-8' }

test.each([
  ['a full answer', answer(200, {}, full), [0]],
  ['a reduced answer', answer(200, {}, less), [1]],
  ['a refusal', answer(503, { ...problem, 'Retry-After': '3' }, '{"status":503}'), [2, 3]],
  ['a refusal without Retry-After', answer(503, problem, '{}'), [3]],
  ['an error', answer(500, {}, '{"error":"x"}'), []],
  ['a page', answer(200, { 'content-type': 'text/html' }, '<html>'), []],
])('%s keeps its halves of the example', (_, response, bits) => {
  const { checker } = compileContracts([{ file: 'x', contract: storefront }])
  expect(checker.keeps(1, response)).toBe(bits.reduce((set, bit) => set | (1 << bit), 0))
  expect(checker.explain(1, response).map(({ bit }) => bit)).toEqual([0, 1, 2, 3].filter((bit) => !bits.includes(bit)))
})

test('an explanation names the half, and each issue with its place', () => {
  const { checker } = compileContracts([{ file: 'x', contract: storefront }])
  const odd = JSON.stringify({ id: '1', title: 'T', comments: [{ author: 'A' }] })
  expect(checker.explain(1, answer(200, {}, odd))[0]).toEqual({
    bit: 0,
    half: 'normal: status 200, body',
    issues: [
      'body.id: Invalid input: expected number, received string',
      'body.comments[0].text: Invalid input: expected string, received undefined',
    ],
  })
  const many = JSON.stringify({ id: 1, title: 'T', comments: Array.from({ length: 9 }, () => ({})) })
  expect(checker.explain(1, answer(200, {}, many))[0]?.issues).toHaveLength(11)
  expect(checker.explain(1, answer(200, {}, many))[0]?.issues.at(-1)).toBe('and 8 more')
})

test('the status is 200, the normal half’s for a reduced half, and 503 for a refused one', () => {
  const checker = checkerOf({ status: [201, 204] }, { 'x: *': reduced({ headers: { stale: '1' } }), 'y: *': refused() })
  const kept = (status: number) => checker.keeps(0, answer(status, { stale: '1' }))
  expect([200, 201, 204, 503, 0].map(kept)).toEqual([0, 0b011, 0b011, 0b100, 0])
  expect(issuesOf({}, answer(204))).toEqual(['status: is 204, wanted 200'])
  expect(checker.explain(0, answer(200))[0]?.issues).toEqual(['status: is 200, wanted 201 or 204'])
})

test('headers are found in any case, and demanded by text, pattern or schema', () => {
  const half: Half = { headers: { 'X-Cache': 'miss', ETag: /^"\w+"$/gy, 'x-left': z.coerce.number().min(1) } }
  const good = answer(200, { 'x-CACHE': 'miss', etag: '"abc"', 'X-Left': '3' })
  for (let again = 0; again < 3; again++) expect(issuesOf(half, good)).toEqual([])
  expect(issuesOf(half, answer(200, { 'x-cache': 'secret', etag: 'abc', 'x-left': '0' }))).toEqual([
    'header etag: wanted /^"\\w+"$/gy',
    'header x-cache: wanted "miss"',
    'header x-left: Too small: expected number to be >=1',
  ])
  expect(issuesOf(half, answer())).toEqual([
    'header etag: is absent, wanted /^"\\w+"$/gy',
    'header x-cache: is absent, wanted "miss"',
    'header x-left: Invalid input: expected number, received NaN',
  ])
  expect(issuesOf({ headers: { warning: z.undefined() } }, answer())).toEqual([])
})

test.each([
  ['0', true],
  ['120', true],
  ['Fri, 21 Nov 2025 08:49:37 GMT', true],
  ['Thu, 21 Nov 2025 08:49:37 GMT', false],
  ['Friday, 21-Nov-25 08:49:37 GMT', false],
  ['2025-11-21T08:49:37Z', false],
  ['-1', false],
  ['1.5', false],
  ['soon', false],
  ['', false],
])('Retry-After: %s is valid: %s', (value, valid) => {
  const issues = refusedIssues({ retryAfter: true }, answer(503, { 'Retry-After': value }))
  expect(issues).toEqual(valid ? [] : ['header retry-after: wanted seconds or an HTTP date'])
})

test('a Retry-After that is demanded must be there; one that is not may be', () => {
  expect(refusedIssues({ retryAfter: true }, answer(503))).toEqual([
    'header retry-after: is absent, wanted seconds or an HTTP date',
  ])
  expect(refusedIssues({}, answer(503, { 'retry-after': 'soon' }))).toEqual([])
})

test('problem details have their content type, are an object, and repeat no other status', () => {
  const issues = (headers: Record<string, string>, body: string) =>
    refusedIssues({ problem: true, status: [429, 503] }, answer(503, headers, body))
  expect(issues(problem, '{"title":"Later"}')).toEqual([])
  expect(issues(problem, '{"status":503}')).toEqual([])
  expect(issues(problem, '{"status":429}')).toEqual(['body.status: is not the HTTP status 503'])
  expect(issues(problem, '{"status":"503"}')).toHaveLength(1)
  expect(issues(problem, '[]')).toEqual(['body: is no object, wanted problem details'])
  expect(issues({ 'content-type': 'application/problem+jsonx' }, 'oops')).toEqual([
    'header content-type: wanted "application/problem+json"',
    'body: is no JSON, wanted problem details',
  ])
})

test('a body that is demanded must be JSON; one that is not may be anything', () => {
  expect(issuesOf({ body: z.any() }, answer())).toEqual(['body: is empty'])
  expect(issuesOf({ body: z.any() }, answer(200, {}, '{"token":"abc'))).toEqual(['body: is no JSON'])
  expect(issuesOf({}, answer(200, {}, '<html>'))).toEqual([])
  expect(issuesOf({ body: z.record(z.string(), z.number()) }, answer(200, {}, '{"a b":"x"}'))).toEqual([
    'body["a b"]: Invalid input: expected number, received string',
  ])
})

function schema(validate: (value: unknown) => unknown): StandardSchemaV1 {
  return { '~standard': { version: 1, vendor: 'acme', validate: validate as never } }
}

test('a schema that throws, is asynchronous or answers nonsense is named, and its half is not kept', () => {
  const issues = (body: StandardSchemaV1) => issuesOf({ body }, answer(200, {}, '{}')).join()
  const boom = () => {
    throw new Error('boom')
  }
  expect(issues(schema(boom))).toBe('body: its acme schema threw: boom')
  expect(issues(schema(async () => ({ value: 1 })))).toContain('body: its acme schema is asynchronous or threw')
  expect(issues(schema(() => Promise.reject(new Error('late'))))).toContain('acme schema is asynchronous')
  expect(issues(z.object({}).refine(boom))).toContain('body: its zod schema is asynchronous or threw')
  expect(issues(z.object({}).refine(async () => true))).toContain('body: its zod schema is asynchronous')
  expect(issues(schema(() => undefined))).toContain('body: its acme schema threw')
  expect(issues(schema(() => ({ issues: [] })))).toBe('body: is not valid')
  expect(issues(schema(() => ({ issues: [{ message: 'no', path: [{ key: 'a' }, 0, Symbol('s')] }] })))).toBe(
    'body.a[0]["Symbol(s)"]: no',
  )
  expect(issuesOf({ headers: { a: schema(boom) } }, answer())).toEqual(['header a: its acme schema threw: boom'])
})

test('JSON is decoded once per answer, and schemas of a half whose status is wrong are not asked', () => {
  const seen: unknown[] = []
  const remember = (value: unknown) => (seen.push(value), { value })
  const checker = checkerOf(
    { body: schema(remember) },
    { 'x: *': reduced({ body: schema(remember) }), 'y: *': refused({ body: schema(remember) }) },
  )
  expect(checker.keeps(0, answer(200, {}, '{"a":1}'))).toBe(0b011)
  expect(seen).toHaveLength(2)
  expect(seen[0]).toBe(seen[1])
})

test('the thirtieth degraded half has a bit of its own, and the set stays positive', () => {
  const lines = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`d${String(n).padStart(2, '0')}: *`, refused({ status: 500 + n })]),
  )
  expect(checkerOf({}, lines).keeps(0, answer(529))).toBe(2 ** 30)
})

test('an interaction that is not there is a mistake of the caller', () => {
  expect(() => checkerOf({}).keeps(7, answer())).toThrow('there is no interaction 7')
})

test('property: no answer makes the checker throw, and exactly the halves that are not kept are explained', () => {
  const { checker, terms } = compileContracts([{ file: 'x', contract: storefront }])
  const anyAnswer = fc.record({
    status: fc.oneof(fc.constantFrom(200, 201, 503), fc.nat({ max: 65_535 })),
    headers: fc.dictionary(
      fc.oneof(fc.constantFrom('Content-Type', 'Retry-After', 'location', '__proto__', 'constructor'), fc.string()),
      fc.oneof(fc.constantFrom('application/problem+json', '5', '/orders/1'), fc.string()),
    ),
    body: fc.oneof(fc.constantFrom(full, less, full.slice(9), '{"status":503}'), fc.json(), fc.string()),
  })
  fc.assert(
    fc.property(fc.nat({ max: 1 }), anyAnswer, (interaction, response) => {
      const keeps = checker.keeps(interaction, response)
      const explained = checker.explain(interaction, response)
      const halves = terms.interactions[interaction]?.halves ?? []
      expect(explained.map(({ bit }) => bit)).toEqual([...halves.keys()].filter((bit) => (keeps & (1 << bit)) === 0))
      for (const { bit, half, issues } of explained) {
        expect(half).toBe(halves[bit])
        expect(issues.length).toBeGreaterThan(0)
      }
    }),
  )
})
