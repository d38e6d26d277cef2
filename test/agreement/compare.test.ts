import { expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import type { PromiseStatus, Word } from '../../src/verdict/verdict.ts'
import { countPromises, differences, isDoubt } from './compare.ts'

/** Only what is compared. Each promise is written as `p95 → kept`. */
function scenario(
  name: string,
  word: Word,
  ...promises: `${string} → ${PromiseStatus}`[]
): Report['scenarios'][number] {
  const promisesOf = promises.map((promise) => {
    const [text, status] = promise.split(' → ')
    return { phase: 'during', text, status }
  })
  return { name, word, promises: promisesOf } as unknown as Report['scenarios'][number]
}

const report = (...scenarios: Report['scenarios']) => ({ scenarios }) as unknown as Report

const one = report(scenario('hangs', 'degraded gracefully', 'p95 → kept', 'share of full → kept'))

test('a report agrees with itself', () => {
  expect(differences(one, structuredClone(one))).toEqual([])
  expect(countPromises(one)).toBe(2)
})

test('another word for a scenario and for a promise are two differences, and no doubt', () => {
  const other = report(scenario('hangs', 'broken', 'p95 → kept', 'share of full → broken'))
  expect(differences(one, other)).toEqual([
    { scenario: 'hangs', about: 'the scenario', words: ['degraded gracefully', 'broken'] },
    { scenario: 'hangs', about: 'during: share of full', words: ['kept', 'broken'] },
  ])
  expect(differences(one, other).some(isDoubt)).toBe(false)
})

test('what only one of them holds is a difference and no doubt, whichever it is', () => {
  const more = report(
    scenario('hangs', 'degraded gracefully', 'p95 → kept', 'p99 → undecided', 'share of full → kept'),
    scenario('dies', 'unaffected'),
  )
  const said = (all: ReturnType<typeof differences>) => all.map(({ about, words }) => [about, ...words])
  expect(said(differences(one, more))).toEqual([
    ['during: p99', 'absent', 'undecided'],
    ['the scenario', 'absent', 'unaffected'],
  ])
  expect(said(differences(more, one))).toEqual([
    ['during: p99', 'undecided', 'absent'],
    ['the scenario', 'unaffected', 'absent'],
  ])
  expect(differences(one, more).some(isDoubt)).toBe(false)
})

test('a promise made twice is compared twice', () => {
  const twice = (second: PromiseStatus) => report(scenario('hangs', 'unaffected', 'p95 → kept', `p95 → ${second}`))
  expect(differences(twice('kept'), twice('broken')).map(({ words }) => words)).toEqual([['kept', 'broken']])
})

test('where one side cannot tell there is a doubt', () => {
  const said = (first: PromiseStatus, second: PromiseStatus) =>
    differences(
      report(scenario('hangs', 'unaffected', `p95 → ${first}`)),
      report(scenario('hangs', 'unaffected', `p95 → ${second}`)),
    ).map(isDoubt)
  expect(said('kept', 'undecided')).toEqual([true])
  expect(said('undecided', 'broken')).toEqual([true])
  expect(said('broken', 'kept')).toEqual([false])
  const inconclusive = report(scenario('hangs', 'inconclusive', 'p95 → kept', 'share of full → kept'))
  expect(differences(one, inconclusive).map(isDoubt)).toEqual([true])
})
