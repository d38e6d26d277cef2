import { expect, test } from 'vitest'
import { z } from 'zod'
import type { MachineReading } from '../../src/record/record.ts'
import { get, latency, never, type ScenarioPromise, share } from '../../src/scenario/promise.ts'
import { excuse, whyCrowded } from '../../src/verdict/crowded.ts'
import { judgeScenario } from '../../src/verdict/judge.ts'
import type { PromiseStatus } from '../../src/verdict/verdict.ts'
import { loadOf, mayBeReduced, responses, scenarioOf, tableOf } from './scenes.ts'

/** So many seconds in which the machine was used like that. */
const seconds = (count: number, used: number, others: number): MachineReading[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * 1_000, used, others }))

const idle = (count: number) => seconds(count, 0.4, 0.1)
const crowd = (count: number) => seconds(count, 1, 0.75)

test.each([
  ['nobody could tell', []],
  ['it had time left', idle(10)],
  ['others had half of it, and some was left', seconds(10, 0.85, 0.5)],
  ['others had most of it, and some was left', seconds(10, 0.9, 0.8)],
  ['the system used it up itself', seconds(10, 1, 0.05)],
  ['the system and another had half of it each', seconds(10, 1, 0.5)],
  ['it was crowded for two seconds of ten', [...crowd(2), ...idle(8)]],
])('a machine accounts for nothing when %s', (_, machine) => {
  expect(whyCrowded({ machine })).toBeNull()
})

test('nor does an older record, which says nothing of it', () => {
  expect(whyCrowded({})).toBeNull()
})

test('a machine that was full of other work for a quarter of the time is a reason', () => {
  expect(whyCrowded({ machine: [...idle(6), ...crowd(2)] })).toBe(
    'the machine was full of other work: in 2 of 8 s nothing of it was idle, and others used 75 % of it',
  )
})

const found = (promise: ScenarioPromise, status: PromiseStatus) => ({ promise, status, reason: 'so it was seen' })

test('it excuses what was broken, and only that', () => {
  const fast = latency('p95').atMost('600ms')
  const crowded = 'the machine was full'
  expect(excuse(found(fast, 'broken'), crowded)).toMatchObject({
    status: 'undecided',
    reason: 'undecided because the machine was full: so it was seen',
  })
  expect(excuse(found(fast, 'kept'), crowded)).toEqual(found(fast, 'kept'))
  expect(excuse(found(fast, 'undecided'), crowded)).toEqual(found(fast, 'undecided'))
  expect(excuse(found(fast, 'broken'), null)).toEqual(found(fast, 'broken'))
})

test('it does not excuse what nobody may ever see', () => {
  const twice = found(never('a key makes two orders', get('orders', '/effects'), z.object({})), 'broken')
  expect(excuse(twice, 'the machine was full')).toEqual(twice)
})

test('a scenario that was broken on such a machine is inconclusive, and says why', () => {
  const sent = [
    ...responses(400, 0, 9_900),
    ...responses(400, 10_101, 19_900, { keeps: 0 }),
    ...responses(400, 20_101, 29_900),
  ]
  const promises = { before: [], during: [share('broken').atMost(0.05)], after: [] }
  const judgedOn = (machine: MachineReading[]) =>
    judgeScenario(scenarioOf({ promises, load: loadOf(sent.length), machine }), mayBeReduced, tableOf(...sent), [])
  expect(judgedOn(idle(30)).word).toBe('broken')
  const verdict = judgedOn(crowd(30))
  expect(verdict.word).toBe('inconclusive')
  expect(verdict.doubts).toEqual([
    expect.stringMatching(/^"share of broken.*" is undecided: .*full of other work: in 30 of 30 s/),
  ])
})
