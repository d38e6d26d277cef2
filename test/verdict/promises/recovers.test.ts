import { describe, expect, test } from 'vitest'
import type { Duration } from '../../../src/core/duration.ts'
import type { Sample } from '../../../src/load/sample.ts'
import type { ScenarioRecord } from '../../../src/record/record.ts'
import { amplification, latency, none, recovers, type ScenarioPromise, share } from '../../../src/scenario/promise.ts'
import { judgePromise } from '../../../src/verdict/promises/judge-promise.ts'
import type { Finding } from '../../../src/verdict/promises/scene.ts'
import {
  faultOf,
  interaction,
  less,
  loadOf,
  mayBeReduced,
  responses,
  scenarioOf,
  sceneOf,
  stance,
  tableOf,
  termsOf,
  times,
} from '../scenes.ts'

const normalTimes = [share('full').atLeast(0.95)]

function judge(
  before: ScenarioPromise[],
  sent: Partial<Sample>[],
  scenario: Partial<ScenarioRecord> = {},
  terms = mayBeReduced,
  within: Duration = '5s',
): Finding {
  const promises = { before, during: [], after: [] }
  const scene = sceneOf(scenarioOf({ promises, ...scenario }), terms, tableOf(...sent))
  return judgePromise(recovers({ within }), 'after', scene)
}

/** 100 responses a second; those sent in the first `sickMs` after the fault are broken, or what `sick` makes of them. */
function after(sickMs: number, sick: Partial<Sample> = { keeps: 0 }, untilMs = 9_900): Partial<Sample>[] {
  const { undone } = times
  return [
    ...responses(sickMs / 10, undone + 1, undone + 1 + sickMs, sick),
    ...responses((untilMs - sickMs) / 10, undone + 1 + sickMs, undone + untilMs),
  ]
}

describe('recovers', () => {
  test('at once', () => {
    expect(judge(normalTimes, after(0))).toMatchObject({
      status: 'kept',
      reason: 'from 0 ms after the fault was undone the promises of "before" are kept again',
      observed: 0,
      unit: 'ms',
      responses: 990,
      violations: null,
    })
  })

  test('in time: the earliest time from which all promises of before hold to the end', () => {
    const finding = judge(normalTimes, after(3_000))
    expect(finding.status).toBe('kept')
    // A few broken responses at the beginning of the rest are within what the promise allows.
    expect(finding.observed).toBeGreaterThanOrEqual(2_500)
    expect(finding.observed).toBeLessThanOrEqual(3_000)
    expect(judge([none('broken')], after(3_000)).observed).toBe(3_000)
    expect(judge([none('broken')], after(4_990)).status).toBe('kept')
  })

  test('a limit between two steps of 100 ms accuses nobody who keeps it', () => {
    expect(judge([none('broken')], after(5_040), {}, mayBeReduced, '5050ms').status).toBe('undecided')
    expect(judge([none('broken')], after(5_240), {}, mayBeReduced, '5050ms').status).toBe('broken')
  })

  test('from three starts, each surer than one look: a lucky moment between them acquits nobody', () => {
    // 140 good ones from 4 s on, but only 40 of them from 5 s on, and what was sent from 2.5 s on is mostly sick.
    const lucky = after(4_000, { keeps: 0 }, 5_400)
    expect(judge(normalTimes, lucky).status).toBe('undecided')
    const left = (count: number) => judge(normalTimes, after(4_900, { keeps: 0 }, 5_000 + count * 10))
    expect(left(93).status).toBe('undecided')
    expect(left(94)).toMatchObject({ status: 'kept', observed: 4_900 })
    expect(judge(normalTimes, after(2_500, { keeps: 0 }, 4_000))).toMatchObject({ status: 'kept', observed: 2_500 })
  })

  test('too late: broken, and says from when on it was well', () => {
    const finding = judge([none('broken')], after(7_000))
    expect(finding).toMatchObject({ status: 'broken', observed: 7_000 })
    expect(finding.reason).toBe(
      '200 of 490 responses sent 5 s or later after the fault was undone violate "no broken response"; only from 7 s on the promises of "before" are kept again',
    )
  })

  test('never', () => {
    expect(judge(normalTimes, after(9_900))).toMatchObject({
      status: 'broken',
      observed: null,
      reason: '490 of 490 responses sent 5 s or later after the fault was undone violate "share of full at least 95 %"',
    })
  })

  test('a relapse counts: it must hold to the end', () => {
    const relapse = [
      ...after(0, {}, 8_000),
      ...responses(190, times.undone + 8_000, times.undone + 9_900, { keeps: 0 }),
    ]
    expect(judge(normalTimes, relapse)).toMatchObject({ status: 'broken', observed: null })
  })

  test('every promise of before must hold; a quantile too', () => {
    const slow = { took: 900 }
    const both = [...normalTimes, latency('p95').atMost('200ms')]
    expect(judge(normalTimes, after(7_000, slow))).toMatchObject({ status: 'kept', observed: 0 })
    const finding = judge(both, after(7_000, slow))
    expect(finding.status).toBe('broken')
    expect(finding.reason).toContain('violate "p95 at most 200ms"')
  })

  test('undecided when too little came after that time, or nothing at all', () => {
    expect(judge(normalTimes, after(4_900, { keeps: 0 }, 5_200))).toMatchObject({
      status: 'undecided',
      reason:
        '20 responses sent 5 s or later after the fault was undone cannot tell whether the promises of "before" are kept again',
    })
    expect(judge(normalTimes, after(4_000, { keeps: 0 }, 4_000)).status).toBe('undecided')
    expect(judge(normalTimes, responses(500, 0, 9_000))).toMatchObject({
      status: 'undecided',
      reason: 'no response was sent after the fault was undone',
    })
  })

  test('undecided when the fault was not undone', () => {
    expect(judge(normalTimes, after(0), { faults: [faultOf(undefined, { undone: null })] })).toMatchObject({
      status: 'undecided',
      reason: 'the fault was not undone',
    })
  })

  test('where nothing countable is promised of before, 95 % full stands in, and the reason says so', () => {
    for (const before of [[], [amplification('a → b').atMost(2)]]) {
      expect(judge(before, after(1_000)).reason).toContain(
        '"share of full at least 95 %" is kept (nothing is promised of "before") again',
      )
      expect(judge(before, after(9_900)).status).toBe('broken')
    }
  })

  test('a grace makes degraded answers allowed, not full: it has not recovered while they last', () => {
    const grace = termsOf(interaction({ recoversMs: 4_000, stances: [stance('comments: unavailable', 'reduced')] }))
    expect(judge([share('full').atLeast(0.99)], after(3_900, { keeps: less }), {}, grace).observed).toBeGreaterThan(
      3_500,
    )
    expect(judge([none('broken')], after(3_900, { keeps: less }), {}, grace).observed).toBe(0)
  })

  test('arrivals that never ended count to the very end', () => {
    const sent = after(0)
    expect(judge([none('broken')], sent, { load: loadOf(sent.length + 3) })).toMatchObject({
      status: 'broken',
      observed: null,
    })
    expect(judge([none('broken')], sent, { load: loadOf(sent.length) }).status).toBe('kept')
  })
})
