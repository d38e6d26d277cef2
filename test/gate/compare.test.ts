import { expect, test } from 'vitest'
import { compare, partFor } from '../../src/gate/compare.ts'
import { unsteadyOf } from '../../src/gate/unsteady.ts'
import type { PromiseStatus } from '../../src/verdict/verdict.ts'
import { kept, report, scenario } from '../report/sample-report.ts'

/** A report of scenarios, each with promises by their text. */
const made = (scenarios: Record<string, Record<string, PromiseStatus>>, notPlayed: string[] = []) =>
  report({
    scenarios: Object.entries(scenarios).map(([name, promises]) =>
      scenario({ name, promises: Object.entries(promises).map(([text, status]) => ({ ...kept, text, status })) }),
    ),
    notPlayed: notPlayed.map((name) => ({ name, title: name, file: name })),
  })

test('what a promise was before says whether it is newly broken, kept or undecided', () => {
  const earlier = made({
    a: {
      one: 'kept',
      two: 'broken',
      three: 'undecided',
      four: 'undecided',
      five: 'broken',
      six: 'kept',
      seven: 'broken',
    },
  })
  const now = made({
    a: {
      one: 'broken',
      two: 'kept',
      three: 'broken',
      four: 'kept',
      five: 'broken',
      six: 'undecided',
      seven: 'undecided',
    },
  })
  expect(compare(earlier, now)).toEqual({
    against: 'run',
    newlyBroken: ['a: before: one', 'a: before: three'],
    newlyKept: ['a: before: two', 'a: before: four'],
    newlyUndecided: ['a: before: six', 'a: before: seven'],
    added: [],
    removed: [],
  })
})

test('scenarios that only one of the two has are named once, promises of shared ones each', () => {
  const earlier = made({ a: { one: 'kept', two: 'kept' }, gone: { x: 'kept' } })
  const now = made({ a: { one: 'kept', three: 'broken' }, fresh: { y: 'broken' } })
  expect(compare(earlier, now)).toMatchObject({
    newlyBroken: [],
    added: ['fresh', 'a: before: three'],
    removed: ['gone', 'a: before: two'],
  })
})

test('a scenario that one of the two did not come to is neither new nor gone', () => {
  const nothing = { newlyBroken: [], newlyKept: [], newlyUndecided: [], added: [], removed: [] }
  const whole = made({ a: { one: 'kept' }, b: { two: 'kept' } })
  const cut = made({ a: { one: 'kept' } }, ['b'])
  expect(compare(whole, cut)).toMatchObject(nothing)
  expect(compare(cut, whole)).toMatchObject(nothing)
})

test('a run of some scenarios is held against those alone', () => {
  const whole = made({ a: { one: 'kept' }, b: { two: 'kept' } }, ['c'])
  const some = made({ a: { one: 'broken' } })
  expect(compare(partFor(whole, some), some)).toMatchObject({ newlyBroken: ['a: before: one'], removed: [] })
})

test('a promise that was not the same every time is unsteady', () => {
  const runs = [
    made({ a: { one: 'kept', two: 'kept' }, b: { three: 'kept' } }),
    made({ a: { one: 'broken', two: 'kept' } }, ['b']),
    made({ a: { one: 'kept', two: 'kept' }, b: { three: 'kept' } }),
  ]
  expect(unsteadyOf(runs)).toEqual([
    { promise: 'a: before: one', statuses: ['kept', 'broken', 'kept'] },
    { promise: 'b: before: three', statuses: ['kept', 'not played', 'kept'] },
  ])
  expect(unsteadyOf(runs.slice(0, 1))).toEqual([])
})
