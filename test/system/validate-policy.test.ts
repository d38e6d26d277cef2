import { expect, test } from 'vitest'
import { validatePolicy } from '../../src/system/validate-policy.ts'

/** `path: message` and the hint of each problem of a policy. */
function problemsOf(policy: unknown): string[] {
  const problems: string[] = []
  validatePolicy(
    (path, message, hint) => void problems.push(`${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`),
    policy,
  )
  return problems
}

const waiver = {
  scenario: 'redis-hangs',
  promise: 'during: share of broken at most 5 %',
  owner: 'ann',
  reason: 'until the pool is there',
  expires: '2028-02-29',
}

test('a policy that is in order has no problem, and neither has none', () => {
  expect(problemsOf(undefined)).toEqual([])
  expect(problemsOf({})).toEqual([])
  const { promise: _, ...whole } = waiver
  const policy = { required: ['a'], undecided: 'warning', undeclared: 'broken', waivers: [waiver, whole] }
  expect(problemsOf(policy)).toEqual([])
})

test.for<[what: string, policy: unknown, problem: string]>([
  ['no policy', 'strict', "gate: is no policy (gate: { undecided: 'broken' })"],
  ['a misspelt key', { require: [] }, 'gate.require: unknown option "require" (did you mean "required"?)'],
  ['one name', { required: 'a' }, "gate.required: is no list (['comments-refused'])"],
  [
    'nothing required',
    { required: [] },
    'gate.required: requires nothing, so anything would ship (leave it out to require everything)',
  ],
  ['a nameless one', { required: [''] }, "gate.required.0: '' is no name of a scenario"],
  [
    'a meaning',
    { undecided: 'brocken' },
    'gate.undecided: \'brocken\' is no meaning of "undecided" (did you mean "broken"?)',
  ],
  [
    'a meaning of the other',
    { undeclared: 'inconclusive' },
    'gate.undeclared: \'inconclusive\' is no meaning of "undeclared" (known: broken, warning)',
  ],
  ['no list of waivers', { waivers: waiver }, "gate.waivers: is no list ([{ scenario: '…', owner: '…', … }])"],
  ['no waiver', { waivers: ['a'] }, 'gate.waivers.0: is no waiver ({ scenario, promise, owner, reason, expires })'],
])('%s', ([, policy, problem]) => {
  expect(problemsOf(policy)).toEqual([problem])
})

test.for<[what: string, change: object, problem: string]>([
  ['no scenario', { scenario: undefined }, 'scenario: names no scenario'],
  ['an empty promise', { promise: ' ' }, 'promise: names no promise (leave it out to waive the whole scenario)'],
  ['no owner', { owner: '' }, 'owner: has no owner (who sees to it that the waiver can go?)'],
  ['no reason', { reason: undefined }, 'reason: has no reason (why may it pass, and until what is done?)'],
  ['a misspelt key', { expire: '2027-01-31' }, 'expire: unknown option "expire" (did you mean "expires"?)'],
  ['no end', { expires: undefined }, "expires: undefined is no day (write it as '2027-01-31')"],
  ['no day of the calendar', { expires: '2027-02-29' }, "expires: '2027-02-29' is no day (write it as '2027-01-31')"],
  ['a month that is none', { expires: '2027-13-01' }, "expires: '2027-13-01' is no day (write it as '2027-01-31')"],
  ['a day in words', { expires: '31 January 2027' }, "expires: '31 January 2027' is no day (write it as '2027-01-31')"],
  ['a Date', { expires: new Date(0) }, "expires: 1970-01-01T00:00:00.000Z is no day (write it as '2027-01-31')"],
])('a waiver with %s', ([, change, problem]) => {
  expect(problemsOf({ waivers: [waiver, { ...waiver, ...change }] })).toEqual([`gate.waivers.1.${problem}`])
})
