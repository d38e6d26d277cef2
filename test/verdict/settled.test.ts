import { describe, expect, test } from 'vitest'
import type { Sample } from '../../src/load/sample.ts'
import {
  amplification,
  isolated,
  latency,
  none,
  recovers,
  type ScenarioPromise,
  share,
} from '../../src/scenario/promise.ts'
import type { Phase } from '../../src/scenario/define.ts'
import { judgeScenario } from '../../src/verdict/judge.ts'
import { isSettled } from '../../src/verdict/settled.ts'
import { article, faultOf, loadOf, mayBeReduced, responses, scenarioOf, tableOf, times } from './scenes.ts'

const thrice = [10_000, 15_000, 20_000]
const looks = { before: thrice, during: thrice, after: thrice }

/** A scenario that has come as far as the phase: later times of its fault are not known yet, nor is the load's end. */
function settled(phase: Phase, promise: ScenarioPromise, sent: Partial<Sample>[], before: ScenarioPromise[] = []) {
  const none_ = { undoAsked: null, undone: null, verified: null }
  const fault = { before: { asked: null, inForce: null, ...none_ }, during: none_, after: {} }[phase]
  const promises = { before, during: [], after: [], [phase]: [...(phase === 'before' ? before : []), promise] }
  const scenario = scenarioOf({ promises, looks, load: null, endedAt: null, faults: [faultOf(undefined, fault)] })
  return isSettled(scenario, mayBeReduced, tableOf(...sent), phase)
}

const during = (count: number, overrides: Partial<Sample> = {}) => responses(count, 10_200, 19_000, overrides)

describe('a phase is settled', () => {
  test('when its share is kept or broken, as sure as several looks must be', () => {
    const promise = share('broken').atMost(0.05)
    expect(settled('during', promise, during(93))).toBe(false)
    expect(settled('during', promise, during(94))).toBe(true)
    expect(settled('during', promise, during(94, { keeps: 0 }))).toBe(true)
    expect(settled('during', promise, [])).toBe(false)
    expect(settled('before', promise, responses(93, 0, 9_000))).toBe(false)
    expect(settled('before', promise, responses(94, 0, 9_000))).toBe(true)
  })

  test('when every one is', () => {
    const sent = [...during(380), ...during(20, { took: 900 })]
    expect(settled('during', latency('p90').atMost('100ms'), sent)).toBe(true)
    expect(settled('during', latency('p95').atMost('100ms'), sent)).toBe(false)
    const both = { before: [share('full').atLeast(0.5), share('full').atLeast(0.999)], during: [], after: [] }
    const scenario = scenarioOf({ promises: both, looks, faults: [] })
    expect(isSettled(scenario, mayBeReduced, tableOf(...responses(200, 0, 9_000)), 'before')).toBe(false)
  })

  test('when isolation is decided, by what came before', () => {
    const usual = responses(200, 0, 9_000)
    expect(settled('during', isolated(article), [...usual, ...during(93)])).toBe(false)
    expect(settled('during', isolated(article), [...usual, ...during(94)])).toBe(true)
  })

  test('when recovery is', () => {
    const after = (count: number) => responses(count, times.undone + 1, times.undone + 3_000)
    const before = [share('full').atLeast(0.95)]
    expect(settled('after', recovers({ within: '1s' }), after(50), before)).toBe(false)
    expect(settled('after', recovers({ within: '1s' }), after(200), before)).toBe(true)
  })

  test('by promises that more responses cannot decide', () => {
    for (const promise of [none('broken'), amplification('a → b').atMost(2)])
      expect(settled('during', promise, [])).toBe(true)
    const probe = { service: 'orders', path: '/' }
    expect(settled('after', { kind: 'eventually', label: 'l', probe }, [])).toBe(true)
  })
})

test('the verdict says how sure it is, and is as sure as the looks demand', () => {
  const promises = { before: [], during: [share('reduced').atMost(0.05)], after: [] }
  const sent = [...responses(80, 0, 9_900), ...during(80)]
  const reasonWith = (count: number) => {
    const scenario = scenarioOf({ promises, load: loadOf(160), looks: { ...looks, during: thrice.slice(0, count) } })
    return judgeScenario(scenario, mayBeReduced, tableOf(...sent), []).promises[0]
  }
  expect(reasonWith(1)).toMatchObject({ status: 'kept', reason: expect.stringContaining('the 95 % interval') })
  expect(reasonWith(2)?.reason).toContain('the 97.5 % interval')
  expect(reasonWith(3)).toMatchObject({ status: 'undecided' })
  expect(reasonWith(3)?.reason).toContain('the 98.3 % interval 0.0–5.8 % contains 5 %; 94 responses')
})
