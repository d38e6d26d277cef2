import { expect, test } from 'vitest'
import { decide } from '../../src/gate/decide.ts'
import type { GatePolicy } from '../../src/system/policy.ts'
import { broken, kept, report, scenario } from '../report/sample-report.ts'

const undecided = scenario({ name: 'hazy', word: 'inconclusive', doubts: ['no witness of down(redis)'] })
const bad = scenario({ name: 'bad', word: 'broken', promises: [broken] })
const run = report().run

/** What happened, and the exit code it leads to, by the order of docs/exit-codes.md. */
const rows = [
  { what: 'every promise kept', change: {}, code: 0, reason: 'every promise was kept' },
  { what: 'a broken promise', change: { scenarios: [bad] }, code: 1, reason: 'bad: during: share of broken' },
  {
    what: 'an instance that died',
    change: { scenarios: [scenario({ word: 'broken', deaths: [{ instance: 'auth', text: 'auth died' }] })] },
    code: 1,
    reason: 'auth died',
  },
  {
    what: 'an inconclusive scenario',
    change: { scenarios: [undecided] },
    code: 3,
    reason: 'hazy: no witness of down(redis)',
  },
  {
    what: 'a broken one beside an inconclusive one',
    change: { scenarios: [undecided, bad] },
    code: 1,
    reason: 'bad: during',
  },
  { what: 'nothing played', change: { scenarios: [] }, code: 3, reason: 'nothing was played' },
  {
    what: 'a scenario that was not played',
    change: { notPlayed: [{ name: 'x', title: 'x', file: 'x' }] },
    code: 3,
    reason: 'x was not played',
  },
  {
    what: 'a run that never ended',
    change: { run: { ...run, tookMs: null } },
    code: 3,
    reason: 'the run has not ended, or was killed',
  },
  {
    what: 'an interrupted run with a broken promise',
    change: {
      scenarios: [bad],
      run: { ...run, endedBy: { code: 'INTERRUPTED', message: 'interrupted (Ctrl-C)', exitCode: 130 } },
    },
    code: 130,
    reason: 'the run ended early: interrupted',
  },
  {
    what: 'a fault that may remain, above all',
    change: {
      scenarios: [bad],
      run: { ...run, faultsLeft: ['down(redis)'], endedBy: { code: 'BUG', message: 'a bug', exitCode: 70 } },
    },
    code: 5,
    reason: 'down(redis) may still be in force',
  },
]

test.for(rows)('$what: exit $code', ({ change, code, reason }) => {
  const decision = decide(report(change), {})
  expect(decision.exitCode).toBe(code)
  expect(decision.ship).toBe(code === 0)
  expect(decision.reasons[0]?.text).toContain(reason)
})

const text = 'during: share of broken at most 5 %'
const waiver = { scenario: 'bad', owner: 'ann', reason: 'until the queue is there', expires: '2027-01-31' }
const hung = { ...broken, status: 'undecided' as const, text: 'p95 of "a → b / c" at most 5s' }
const hazy = scenario({
  name: 'hazy',
  word: 'inconclusive',
  promises: [kept, hung],
  doubts: [`"${hung.text}" is undecided: too few responses`],
})
const died = scenario({ name: 'bad', word: 'broken', deaths: [{ instance: 'auth', text: 'auth died' }] })
const open = scenario({ name: 'open', gaps: [{ interaction: 'a → b / c', condition: 'd → e: slow' }] })
const good = scenario({ name: 'good' })
const gap = 'nobody declared what holds for "a → b / c" under "d → e: slow"'

/** What a policy makes of scenarios: the code, and what is waived, warned of and given as the first reason. */
const policies: {
  what: string
  scenarios: ReturnType<typeof scenario>[]
  /** Whether somebody asked for just these. */
  asked?: boolean
  policy: GatePolicy
  code: number
  waived?: string[]
  warnings?: string[]
  reason?: string
}[] = [
  {
    what: 'a broken promise that is waived ships, and is told',
    scenarios: [bad],
    policy: { waivers: [{ ...waiver, promise: text }] },
    code: 0,
    waived: [`bad: ${text}`],
    reason: 'what the policy requires was kept, with witnesses, or is waived',
  },
  {
    what: 'a waiver for the whole scenario covers its promises',
    scenarios: [bad],
    policy: { waivers: [waiver] },
    code: 0,
    waived: [`bad: ${text}`],
  },
  {
    what: 'a waiver for another promise covers nothing',
    scenarios: [bad],
    policy: { waivers: [{ ...waiver, promise: 'before: share of full at least 95 %' }] },
    code: 1,
    warnings: [
      'the waiver for "bad: before: share of full at least 95 %" has nothing to waive: take it out (owner: ann)',
    ],
    reason: `bad: ${text}`,
  },
  {
    what: 'a waiver for a promise does not cover a death',
    scenarios: [died],
    policy: { waivers: [{ ...waiver, promise: 'before: share of full at least 95 %' }] },
    code: 1,
    warnings: [
      'the waiver for "bad: before: share of full at least 95 %" has nothing to waive: take it out (owner: ann)',
    ],
    reason: 'bad: auth died',
  },
  {
    what: 'a waiver for the whole scenario covers a death',
    scenarios: [died],
    policy: { waivers: [waiver] },
    code: 0,
    waived: ['bad: auth died'],
  },
  {
    what: 'an undecided promise can be waived, however its arrow is written',
    scenarios: [hazy],
    policy: { waivers: [{ ...waiver, scenario: 'hazy', promise: 'during: p95 of "a -> b / c" at most 5s' }] },
    code: 0,
    waived: [`hazy: during: ${hung.text} is undecided`],
  },
  {
    what: 'nor does it matter how the promise writes it',
    scenarios: [{ ...hazy, promises: [kept, { ...hung, text: 'p95 of "a->b / c" at most 5s' }], doubts: [] }],
    policy: { waivers: [{ ...waiver, scenario: 'hazy', promise: `during: ${hung.text}` }] },
    code: 0,
    waived: ['hazy: during: p95 of "a->b / c" at most 5s is undecided'],
  },
  {
    what: 'a doubt about the whole scenario is not covered by a waiver for a promise',
    scenarios: [{ ...hazy, doubts: ['no witness of down(redis)'] }],
    policy: { waivers: [{ ...waiver, scenario: 'hazy', promise: `during: ${hung.text}` }] },
    code: 3,
    reason: 'hazy: no witness of down(redis)',
  },
  {
    what: 'a waiver whose scenario was kept should go',
    scenarios: [good],
    policy: { waivers: [{ ...waiver, scenario: 'good' }] },
    code: 0,
    warnings: ['the waiver for "good" has nothing to waive: take it out (owner: ann)'],
  },
  {
    what: 'a waiver whose scenario was not played says nothing',
    scenarios: [good],
    policy: { waivers: [waiver] },
    code: 0,
    reason: 'every promise was kept, with witnesses',
  },
  {
    what: 'a broken promise that is not required is a warning',
    scenarios: [good, bad],
    policy: { required: ['good'] },
    code: 0,
    warnings: [`bad: ${text}`],
  },
  { what: 'a required one is none', scenarios: [good, bad], policy: { required: ['bad'] }, code: 1 },
  {
    what: 'who asks for scenarios that are not required wants to know about them',
    scenarios: [bad],
    asked: true,
    policy: { required: ['good'] },
    code: 1,
    warnings: ['good is required, and was not asked for'],
  },
  {
    what: 'also beside one that is',
    scenarios: [good, bad],
    asked: true,
    policy: { required: ['good'] },
    code: 1,
    reason: `bad: ${text}`,
  },
  {
    what: 'what is required and was not asked for is told',
    scenarios: [good],
    asked: true,
    policy: { required: ['good', 'bad'] },
    code: 0,
    warnings: ['bad is required, and was not asked for'],
    reason: 'what was asked for was kept',
  },
  {
    what: 'nobody speaks of what is not required',
    scenarios: [good],
    asked: true,
    policy: {},
    code: 0,
    reason: 'every promise was kept',
  },
  { what: 'undecided as broken', scenarios: [hazy], policy: { undecided: 'broken' }, code: 1 },
  {
    what: 'undecided as a warning',
    scenarios: [hazy],
    policy: { undecided: 'warning' },
    code: 0,
    warnings: [`hazy: during: ${hung.text} is undecided`],
  },
  {
    what: 'nothing but warnings proves nothing',
    scenarios: [{ ...hazy, promises: [hung] }],
    policy: { undecided: 'warning' },
    code: 3,
    warnings: [`hazy: during: ${hung.text} is undecided`],
    reason: 'no promise was decided, so nothing is proven',
  },
  {
    what: 'nor does a waiver for what was not seen',
    scenarios: [{ ...hazy, promises: [hung], doubts: ['it was not played'] }],
    policy: { waivers: [{ ...waiver, scenario: 'hazy' }] },
    code: 3,
    waived: ['hazy: it was not played'],
    reason: 'no promise was decided, so nothing is proven',
  },
  {
    what: 'nor does what was kept elsewhere',
    scenarios: [good, { ...hazy, promises: [hung] }],
    policy: { required: ['hazy'], undecided: 'warning' },
    code: 3,
    warnings: [`hazy: during: ${hung.text} is undecided`],
    reason: 'no promise was decided, so nothing is proven',
  },
  {
    what: 'a waiver for a scenario of which nothing is known, beside one that was kept, proves nothing of it',
    scenarios: [good, { ...hazy, promises: [hung], doubts: ['it was not played'] }],
    policy: { waivers: [{ ...waiver, scenario: 'hazy' }] },
    code: 3,
    waived: ['hazy: it was not played'],
    reason: 'hazy: no promise was decided, so nothing is proven',
  },
  {
    what: 'nor is a warning beside one that was kept',
    scenarios: [good, { ...hazy, promises: [hung] }],
    policy: { undecided: 'warning' },
    code: 3,
    warnings: [`hazy: during: ${hung.text} is undecided`],
    reason: 'hazy: no promise was decided, so nothing is proven',
  },
  {
    what: 'where it is not required, it may be',
    scenarios: [good, { ...hazy, promises: [hung] }],
    policy: { required: ['good'], undecided: 'warning' },
    code: 0,
    warnings: [`hazy: during: ${hung.text} is undecided`],
  },
  {
    what: 'undeclared is a warning, once',
    scenarios: [open, { ...open, name: 'open too' }],
    policy: {},
    code: 0,
    warnings: [gap],
  },
  {
    what: 'undeclared as broken',
    scenarios: [good, open],
    policy: { undeclared: 'broken' },
    code: 1,
    reason: `open: ${gap}`,
  },
]

test.for(policies)('$what: exit $code', ({ scenarios, asked = false, policy, code, ...wanted }) => {
  const { waived = [], warnings = [], reason = '' } = wanted
  const decision = decide(report({ scenarios, run: { ...run, whole: !asked } }), policy)
  expect(decision).toMatchObject({ exitCode: code, ship: code === 0 })
  expect(decision.warnings.map((matter) => matter.text)).toEqual(warnings)
  expect(decision.waived).toMatchObject(
    waived.map((sentence) => ({
      text: sentence,
      owner: 'ann',
      reason: 'until the queue is there',
      expires: '2027-01-31',
    })),
  )
  expect(decision.reasons[0]?.text).toContain(reason)
})

test('a waiver for the promise comes before one for its scenario', () => {
  const exact = { ...waiver, promise: text, owner: 'bea' }
  const whole = { ...bad, deaths: [{ instance: 'auth', text: 'auth died' }] }
  for (const waivers of [
    [waiver, exact],
    [exact, waiver],
  ]) {
    const { waived, warnings } = decide(report({ scenarios: [whole] }), { waivers })
    expect(waived.map(({ owner }) => owner)).toEqual(['bea', 'ann'])
    expect(warnings).toEqual([])
  }
})

test('what a decision speaks of is said as data too', () => {
  const { reasons, warnings } = decide(report({ scenarios: [bad, hazy, died, open] }), {})
  expect(reasons).toMatchObject([
    { kind: 'broken', scenario: 'bad', phase: 'during', promise: broken.text },
    { kind: 'died', scenario: 'bad', phase: null, promise: null },
    { kind: 'undecided', scenario: 'hazy', phase: 'during', promise: hung.text },
  ])
  expect(warnings).toEqual([{ kind: 'undeclared', scenario: null, phase: null, promise: null, text: gap }])
})

test.for([5, 70, 130, 143, 4, 2, 6, 1, 3])('a run that ended early with %i is waived by nobody', (exitCode) => {
  const endedBy = { code: 'X', message: 'x', exitCode }
  const ended = report({ scenarios: [died], run: { ...run, endedBy } })
  expect(decide(ended, { waivers: [waiver], undecided: 'warning', required: ['good'] }).exitCode).toBe(exitCode)
})

test.for([5, 70, 130, 143, 4, 2, 6])('a scenario that ended early with %i is waived by nobody', (exitCode) => {
  const endedBy = { code: 'X', message: 'x', exitCode }
  const ended = scenario({ name: 'bad', word: 'inconclusive', endedBy, doubts: ['it was cut short: x'] })
  for (const policy of [{}, { waivers: [waiver] }, { undecided: 'warning' }, { required: ['good'] }] as const) {
    const { reasons, warnings, waived, ...decision } = decide(report({ scenarios: [good, ended] }), policy)
    expect(decision).toEqual({ exitCode, ship: false })
    expect(reasons).toMatchObject([{ kind: 'doubt', scenario: 'bad', text: 'bad: it was cut short: x' }])
    expect([warnings, waived]).toEqual([[], []])
  }
})

test('one that ended early for a reason of the system under test is what the policy makes of it', () => {
  const endedBy = { code: 'X', message: 'x', exitCode: 3 }
  const ended = scenario({ name: 'bad', word: 'inconclusive', endedBy, doubts: ['it was cut short: x'] })
  expect(decide(report({ scenarios: [ended] }), {}).exitCode).toBe(3)
  expect(decide(report({ scenarios: [ended] }), { undecided: 'broken' }).exitCode).toBe(1)
  expect(decide(report({ scenarios: [good, ended] }), { required: ['good'] }).exitCode).toBe(0)
})

test('what was seen comes before what was not played', () => {
  const cut = report({ scenarios: [undecided], notPlayed: [{ name: 'bad', title: 'x', file: 'x' }] })
  expect(decide(cut, {}).reasons.map(({ kind }) => kind)).toEqual(['doubt', 'not played'])
})

test('what was not played is a warning only where it is not required', () => {
  const cut = report({ scenarios: [good], notPlayed: [{ name: 'bad', title: 'x', file: 'x' }] })
  expect(decide(cut, { waivers: [waiver] })).toMatchObject({ exitCode: 3, reasons: [{ text: 'bad was not played' }] })
  expect(decide(cut, { required: ['good'] })).toMatchObject({ exitCode: 0, warnings: [{ text: 'bad was not played' }] })
})
