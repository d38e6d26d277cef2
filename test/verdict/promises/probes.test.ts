import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { down, kill } from '../../../src/fault/vocabulary.ts'
import type { ProbeReading, ScenarioRecord } from '../../../src/record/record.ts'
import type { Phase } from '../../../src/scenario/define.ts'
import type { ScenarioPromise } from '../../../src/scenario/promise.ts'
import { judgePromise } from '../../../src/verdict/promises/judge-promise.ts'
import { edge, faultOf, loadOf, mayBeReduced, scenarioOf, sceneOf, tableOf, times } from '../scenes.ts'

const probe = { service: 'orders', path: '/effects' }
const kept = (within?: '3s' | '12s'): ScenarioPromise => ({
  kind: 'eventually',
  label: 'it is so',
  probe,
  ...(within === undefined ? {} : { within }),
})
const never: ScenarioPromise = { kind: 'never', label: 'it is so', probe }

/** An answer, `at` ms into the phase after the fault, that does not hold. */
function reading(at: number, overrides: Partial<ProbeReading> = {}): ProbeReading {
  return {
    at: times.undone + at,
    took: 4,
    status: 200,
    holds: false,
    issues: ['missing: expected 0, received 3'],
    body: '{"missing":3}',
    ...overrides,
  }
}
const holding = (at: number) => reading(at, { holds: true, issues: [], body: '{"missing":0}' })
const silent = (at: number) => reading(at, { status: null, issues: ['no answer within 1 s'], body: '' })
const garbage = (at: number, body = '<html>') => reading(at, { issues: ['the body is no JSON'], body })

function judge(
  promise: ScenarioPromise,
  readings: ProbeReading[],
  { phase = 'after', ...scenario }: Partial<ScenarioRecord> & { phase?: Phase } = {},
) {
  const probes = [{ phase, label: 'it is so', url: 'http://127.0.0.1:1/effects', readings }]
  const record = scenarioOf({ probes, load: loadOf(1), ...scenario })
  return judgePromise(promise, phase, sceneOf(record, mayBeReduced, tableOf({})))
}

describe('eventually', () => {
  test('is kept by the first reading that holds', () => {
    expect(judge(kept(), [reading(0), reading(250), holding(500)])).toEqual({
      status: 'kept',
      reason: 'it held 500 ms into the phase',
      responses: 3,
      violations: null,
      observed: 500,
      interval: null,
      unit: 'ms',
    })
  })

  test('counts by when it was asked for: at the limit is in time, after it is too late', () => {
    expect(judge(kept('3s'), [reading(2_750), holding(3_000)]).status).toBe('kept')
    expect(judge(kept('3s'), [reading(2_750), holding(3_001)])).toMatchObject({
      status: 'broken',
      observed: 3_001,
      reason:
        'it did not hold within 3 s, asked 1 time; only 3 s into the phase it did; last, answered 200: missing: expected 0, received 3',
    })
    expect(judge(kept(), [reading(0), holding(9_900)]).status).toBe('kept')
  })

  test('is broken when time is over and none held, and says how it was last', () => {
    expect(judge(kept('3s'), [reading(0), reading(2_900)]).status).toBe('broken')
    expect(judge(kept(), [reading(0), reading(9_800)])).toMatchObject({
      status: 'broken',
      observed: null,
      reason: 'it did not hold within 9.9 s, asked 2 times; last, answered 200: missing: expected 0, received 3',
    })
  })

  test('is broken by a probe that never answers, or answers garbage, all the time', () => {
    expect(judge(kept(), [silent(0), silent(1_250), silent(9_000)])).toMatchObject({
      status: 'broken',
      reason: 'it did not hold within 9.9 s, asked 3 times; last, no answer: no answer within 1 s',
    })
    expect(judge(kept(), [garbage(0), garbage(9_000)]).reason).toContain('last, answered 200: the body is no JSON')
  })

  test('is undecided without a reading in time, or when its time was not over', () => {
    expect(judge(kept(), [])).toMatchObject({
      status: 'undecided',
      responses: 0,
      reason: 'its probe was not asked in time',
    })
    expect(judge(kept('3s'), [holding(3_500)])).toMatchObject({ status: 'undecided', observed: 3_500 })
    expect(judge(kept('12s'), [reading(0), reading(9_800)])).toMatchObject({
      status: 'undecided',
      reason:
        'the phase was over after 9.9 s, before its 12 s were; last, answered 200: missing: expected 0, received 3',
    })
    expect(judge(kept(), [], { probes: [] }).status).toBe('undecided')
  })

  test('a limit that the last reading before the end just missed is over all the same', () => {
    const ended = (after: number) => ({ load: loadOf(1, { endedAt: times.undone + after }) })
    expect(judge(kept('3s'), [reading(2_700)], ended(2_751)).status).toBe('broken')
    expect(judge(kept('3s'), [reading(2_700)], ended(2_749)).status).toBe('undecided')
  })

  test('during the fault, its time is counted from where the faults are counted from', () => {
    const late = faultOf(down(edge, { from: '2s' }), { asked: 12_000 })
    const during = (at: number) => ({ ...holding(0), at })
    const status = (at: number) => judge(kept('3s'), [during(at)], { phase: 'during', faults: [late] })
    expect(status(13_000)).toMatchObject({ status: 'kept', observed: 3_000 })
    expect(status(13_001).observed).toBe(3_001)
    // The clock of the runner may be a little before that of the first fault.
    expect(status(9_999)).toMatchObject({ status: 'kept', observed: 0 })
  })

  test('after faults that were gone early, its time begins with the end of what was planned', () => {
    const early = faultOf(down(edge, { for: '3s' }), { undoAsked: 13_000, undone: 13_100 })
    const after = (at: number) => judge(kept('3s'), [{ ...holding(0), at }], { faults: [early] })
    expect(after(23_000)).toMatchObject({ status: 'kept', observed: 3_000 })
    expect(after(23_001).observed).toBe(3_001)
    const during = judge(kept(), [{ ...reading(0), at: 15_000 }], { phase: 'during', faults: [early] })
    expect(during.reason).toContain('did not hold within 10 s')
  })

  test('an instance that is ended is away for longer than its probes are asked', () => {
    const slow = faultOf(kill('comments'), { undoAsked: 20_000, undone: 26_000 })
    const during = judge(
      never,
      [0, 5_000, 9_800].map((at) => ({ ...reading(0), at: 10_000 + at })),
      {
        phase: 'during',
        faults: [slow],
      },
    )
    expect(during.status).toBe('kept')
  })

  test('before the fault, from the beginning of the load to there', () => {
    const before = (at: number) => judge(kept('3s'), [{ ...holding(0), at }], { phase: 'before', startedAt: 500 })
    expect(before(3_500)).toMatchObject({ status: 'kept', observed: 3_000 })
    expect(judge(kept(), [{ ...reading(0), at: 9_000 }], { phase: 'before' }).reason).toContain('within 10 s')
  })
})

describe('never', () => {
  const calm = [reading(0), reading(5_000), reading(9_800)]

  test('is kept by answers to the end that do not hold', () => {
    expect(judge(never, calm)).toEqual({
      status: 'kept',
      reason: 'it held in none of 3 readings',
      responses: 3,
      violations: 0,
      observed: 0,
      interval: null,
      unit: 'readings',
    })
  })

  test('is broken by a single one that holds, and shows it', () => {
    expect(judge(never, [...calm, holding(9_850)])).toMatchObject({
      status: 'broken',
      violations: 1,
      reason: 'it held in 1 of 4 readings, first 9.8 s into the phase: {"missing":0}',
    })
    expect(judge(never, [holding(0)]).status).toBe('broken')
  })

  test.each([
    ['no readings', [], '0 of 0 readings were answers'],
    ['a single answer', [reading(9_800)], '1 of 1 reading were answers'],
    [
      'a probe that never answered',
      [silent(0), silent(5_000), silent(9_000)],
      '0 of 3 readings were answers; last, no answer: no answer within 1 s',
    ],
    [
      'garbage',
      [garbage(0), garbage(5_000, '{oops'), garbage(9_000, '')],
      '0 of 3 readings were answers; last, answered 200: the body is no JSON',
    ],
    [
      'another status',
      [0, 5_000, 9_000].map((at) => reading(at, { status: 503, issues: ['503 is no 2xx'] })),
      '0 of 3 readings were answers; last, answered 503: 503 is no 2xx',
    ],
    [
      'answers that ended early',
      [reading(0), reading(6_000), silent(9_000)],
      'the last answer came 6 s into a phase of 9.9 s; last, no answer: no answer within 1 s',
    ],
  ])('is undecided with %s', (_, readings, reason) => {
    expect(judge(never, readings)).toMatchObject({ status: 'undecided', reason })
  })

  test('the last third is long enough at its very beginning', () => {
    expect(judge(never, [reading(0), reading(6_600)]).status).toBe('kept')
    expect(judge(never, [reading(0), reading(6_599)]).status).toBe('undecided')
  })

  test('answers tell of the time between the first and the last: of half the phase as planned, at least', () => {
    expect(judge(never, [silent(0), reading(4_800), reading(9_800)]).status).toBe('kept')
    expect(judge(never, [silent(0), reading(4_801), reading(9_800)])).toMatchObject({
      status: 'undecided',
      reason: 'its answers tell of 5 s in a phase that was to last 10 s; last, no answer: no answer within 1 s',
    })
    const short = { load: loadOf(1, { endedAt: times.undone + 30 }) }
    expect(judge(never, [reading(0), reading(20)], short)).toMatchObject({
      status: 'undecided',
      reason: 'its answers tell of 20 ms in a phase that was to last 10 s',
    })
  })

  test('an answer has the wanted status, and a body that was cut is told by its beginning', () => {
    const missing = [0, 9_000].map((at) => reading(at, { status: 404 }))
    expect(judge(never, missing).status).toBe('undecided')
    expect(judge({ ...never, probe: { ...probe, status: 404 } }, missing).status).toBe('kept')
    expect(judge({ ...never, probe: { ...probe, status: 404 } }, calm).status).toBe('undecided')
    const cut = (body: string) =>
      judge(
        never,
        [0, 9_000].map((at) => reading(at, { body: body.padEnd(500, '.') })),
      ).status
    expect([cut('[{"a":"'), cut('<html>')]).toEqual(['kept', 'undecided'])
    const short = [0, 9_000].map((at) => reading(at, { body: '{'.padEnd(499, '.') }))
    expect(judge(never, short).status).toBe('undecided')
  })
})

test('a reading that holds never acquits a "never", and never breaks an "eventually"', () => {
  const readings = fc.array(
    fc.tuple(fc.constantFrom(reading, holding, silent, garbage), fc.integer({ min: 0, max: 9_900 })),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(readings, (given) => {
      const all = given.toSorted((a, b) => a[1] - b[1]).map(([make, at]) => make(at))
      const holds = all.some((one) => one.holds)
      expect(judge(never, all).status === 'broken').toBe(holds)
      expect(judge(kept(), all).status === 'kept').toBe(holds)
    }),
  )
})
