import { expect, test } from 'vitest'
import { decide } from '../../src/gate/decide.ts'
import { broken, report, scenario } from '../report/sample-report.ts'

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
  const decision = decide(report(change))
  expect(decision.exitCode).toBe(code)
  expect(decision.ship).toBe(code === 0)
  expect(decision.reasons[0]).toContain(reason)
})
