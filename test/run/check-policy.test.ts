import { expect, test } from 'vitest'
import { down } from '../../src/fault/vocabulary.ts'
import { checkPolicy } from '../../src/run/check-policy.ts'
import { defineScenario } from '../../src/scenario/define.ts'
import { latency } from '../../src/scenario/latency.ts'
import { share } from '../../src/scenario/promise.ts'
import { defineSystem, node } from '../../src/system/define.ts'
import type { GatePolicy } from '../../src/system/policy.ts'

const scenario = (name: string) => ({
  name,
  file: `scenarios/${name}.scenario.ts`,
  definition: defineScenario({
    title: name,
    load: { rate: 100, mix: { 'a -> b / c': 1 } },
    faults: [down('a → b')],
    promises: {
      before: [share('full').atLeast(0.95)],
      during: [share('broken').atMost(0.05), latency('p95', { of: 'a -> b / c' }).atMost('5s')],
    },
  }),
})
const scenarios = ['comments-refused', 'redis-hangs'].map(scenario)
const waiver = {
  scenario: 'redis-hangs',
  owner: 'ann',
  reason: 'until the pool is there',
  expires: '2027-01-31',
}

/** `path: message (hint)` of each problem on a day. */
function problemsOf(gate: GatePolicy | undefined, today = '2027-01-31'): string[] {
  const definition = defineSystem({ name: 'shop', services: { b: node('b.js') }, ...(gate ? { gate } : {}) })
  return checkPolicy({ file: 'brownout.config.ts', definition }, scenarios, today).map(
    ({ file, path, message, hint }) => `${file} ${path.join('.')}: ${message} (${hint})`,
  )
}

test('scenarios and promises that exist may be named, a promise as reports print it', () => {
  expect(problemsOf(undefined)).toEqual([])
  const promises = [
    'before: share of full at least 95 %',
    'during: p95 of "a → b / c" at most 5s',
    'during: p95 of "a -> b / c" at most 5s',
  ]
  expect(
    problemsOf({
      required: ['comments-refused'],
      waivers: [waiver, ...promises.map((promise) => ({ ...waiver, promise }))],
    }),
  ).toEqual([])
})

test('unknown ones are told with what was meant', () => {
  const waivers = [
    { ...waiver, scenario: 'redis-hang' },
    { ...waiver, promise: 'during: share of broken at most 6 %' },
    { ...waiver, promise: 'share of broken at most 5 %' },
  ]
  const known =
    'known: before: share of full at least 95 %, during: share of broken at most 5 %, during: p95 of "a → b / c" at most 5s'
  expect(problemsOf({ required: ['comments-refused', 'comments-refusd'], waivers })).toEqual([
    'brownout.config.ts gate.required.1: unknown scenario "comments-refusd" (did you mean "comments-refused"?)',
    'brownout.config.ts gate.waivers.0.scenario: unknown scenario "redis-hang" (did you mean "redis-hangs"?)',
    'brownout.config.ts gate.waivers.1.promise: "redis-hangs" does not promise "during: share of broken at most 6 %" (did you mean "during: share of broken at most 5 %"?)',
    `brownout.config.ts gate.waivers.2.promise: "redis-hangs" does not promise "share of broken at most 5 %" (${known})`,
  ])
})

test('a waiver counts to the end of its last day; then it is a problem with a name to it', () => {
  const policy = { waivers: [{ ...waiver, promise: 'during: share of broken at most 5 %' }] }
  expect(problemsOf(policy, '2026-11-21')).toEqual([])
  expect(problemsOf(policy, '2027-01-31')).toEqual([])
  expect(problemsOf(policy, '2027-02-01')).toEqual([
    'brownout.config.ts gate.waivers.0.expires: the waiver for "redis-hangs: during: share of broken at most 5 %" expired on 2027-01-31 (owner: ann; reason: until the pool is there) (mend what it lets pass and take it out, or agree on another day)',
  ])
})

test('what has not the form of a policy is passed over: its form was told', () => {
  const odd = { required: [7], waivers: ['a', { scenario: 7, promise: [], expires: 'soon' }] }
  expect(problemsOf(odd as unknown as GatePolicy)).toEqual([])
  expect(problemsOf('strict' as unknown as GatePolicy)).toEqual([])
})
