import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../../src/contract/terms.ts'
import { down } from '../../../src/fault/vocabulary.ts'
import type { Sample } from '../../../src/load/sample.ts'
import type { ScenarioRecord } from '../../../src/record/record.ts'
import { latency, none, type Quantile, type ScenarioPromise, share } from '../../../src/scenario/promise.ts'
import { allowedShare, isCounted, statusOf } from '../../../src/verdict/promises/counted.ts'
import { judgePromise } from '../../../src/verdict/promises/judge-promise.ts'
import { quantileOf } from '../../../src/verdict/promises/latency.ts'
import type { Finding } from '../../../src/verdict/promises/scene.ts'
import {
  faultOf,
  interaction,
  less,
  loadOf,
  login,
  mayBeReduced,
  no,
  responses,
  scenarioOf,
  sceneOf,
  stance,
  tableOf,
  termsOf,
} from '../scenes.ts'

interface Given {
  terms?: Terms
  scenario?: Partial<ScenarioRecord>
}

/** Judges a promise of `during` by what was sent while the fault was in force. */
function judge(
  promise: ScenarioPromise,
  sent: Partial<Sample>[][],
  { terms = mayBeReduced, scenario = {} }: Given = {},
): Finding {
  return judgePromise(promise, 'during', sceneOf(scenarioOf(scenario), terms, tableOf(...sent.flat())))
}

const during = (count: number, overrides: Partial<Sample> = {}) => responses(count, 10_200, 19_000, overrides)

describe('share', () => {
  const broken = { keeps: 0 }

  test.each([
    [
      share('broken').atMost(0.05),
      97,
      500,
      'broken',
      '97 of 500 responses (19.4 %) were broken; the 95 % interval 16.0–23.1 % lies above 5 %',
    ],
    [
      share('broken').atMost(0.05),
      10,
      500,
      'kept',
      '10 of 500 responses (2.0 %) were broken; the 95 % interval 1.0–3.6 % lies below 5 %',
    ],
    [
      share('broken').atMost(0.05),
      20,
      500,
      'undecided',
      '20 of 500 responses (4.0 %) were broken; the 95 % interval 2.5–6.1 % contains 5 %; 613 responses without a further violation would keep it',
    ],
    [
      share('broken').atMost(0.05),
      30,
      500,
      'undecided',
      '30 of 500 responses (6.0 %) were broken; the 95 % interval 4.1–8.5 % contains 5 %',
    ],
    [
      share('full').atLeast(0.99),
      0,
      368,
      'kept',
      '368 of 368 responses (100.00 %) were full; the 95 % interval 99.00–100.00 % lies above 99 %',
    ],
    [
      share('full').atLeast(0.99),
      0,
      367,
      'undecided',
      '367 of 367 responses (100.0 %) were full; the 95 % interval 99.0–100.0 % contains 99 %; 368 responses without a further violation would keep it',
    ],
    [
      share('full').atLeast(0.99),
      40,
      400,
      'broken',
      '360 of 400 responses (90.0 %) were full; the 95 % interval 86.6–92.8 % lies below 99 %',
    ],
  ] as const)('%o with %i broken of %i: %s', (promise, bad, n, status, reason) => {
    const finding = judge(promise, [during(n - bad), during(bad, broken)])
    expect(finding).toMatchObject({ status, reason, responses: n, violations: bad, unit: 'share' })
    expect(finding.observed).toBeCloseTo(reason.includes('were full') ? 1 - bad / n : bad / n, 12)
  })

  test('a bound that the interval only touches is kept, and not broken', () => {
    expect(judge(share('broken').atMost(1), [during(50, broken)]).status).toBe('kept')
    expect(judge(share('broken').atMost(0), [during(50)]).status).toBe('undecided')
    expect(judge(share('full').atLeast(1), [during(50)]).status).toBe('undecided')
    expect(judge(share('full').atLeast(1), [during(50), during(1, broken)]).status).toBe('broken')
  })

  test('counts its class alone, and only in its phase', () => {
    const sent = [during(100), during(300, { keeps: less }), responses(500, 0, 9_000), responses(500, 21_000, 30_000)]
    expect(judge(share('reduced').atLeast(0.6), sent)).toMatchObject({
      status: 'kept',
      responses: 400,
      violations: 100,
    })
    expect(judge(share('full').atMost(0.1), sent)).toMatchObject({ status: 'broken', responses: 400, violations: 100 })
  })

  test('what is left out is in no share', () => {
    const sent = [during(100), responses(50, 10_010, 10_090), responses(50, 20_010, 20_090)]
    expect(judge(share('full').atLeast(0.9), sent).responses).toBe(100)
  })

  test('of one interaction, with either arrow', () => {
    const terms = termsOf(interaction(), interaction({ id: 1, key: login }))
    const sent = [during(300), during(100, { interaction: 1, keeps: 0 })]
    expect(judge(share('full', { of: login }).atLeast(0.9), sent, { terms })).toMatchObject({
      status: 'broken',
      responses: 100,
    })
    const plain = login.replace('→', '->')
    expect(judge(share('full', { of: plain }).atLeast(0.9), sent, { terms }).responses).toBe(100)
  })

  test('nothing follows from no response', () => {
    for (const of of [{}, { of: 'a → b / nobody asks' }]) {
      for (const promise of [share('full', of).atLeast(0.1), none('broken', of), latency('p95', of).atMost('1s')]) {
        const sent = [responses(100, 0, 9_000), during('of' in of ? 100 : 0)]
        expect(judge(promise, sent)).toMatchObject({ status: 'undecided', responses: 0, observed: null })
      }
    }
  })

  test('arrivals that never ended are broken, of whichever interaction they may have been', () => {
    const scenario = { load: loadOf(400, { endedAt: 15_000 }) }
    expect(judge(share('broken').atMost(0.05), [during(300)], { scenario })).toMatchObject({
      status: 'broken',
      responses: 400,
      violations: 100,
    })
    expect(judge(share('full').atLeast(0.9), [during(300)], { scenario }).violations).toBe(100)
    expect(judge(share('reduced').atMost(0.1), [during(300)], { scenario }).violations).toBe(0)
    expect(judge(none('broken'), [during(300)], { scenario }).status).toBe('broken')
  })
})

describe('none is a census', () => {
  test('kept by nothing seen, and says what that bounds', () => {
    expect(judge(none('broken'), [during(500)])).toMatchObject({
      status: 'kept',
      reason: 'none of 500 responses was broken, which bounds the share to at most 0.74 %',
      responses: 500,
      violations: 0,
    })
    expect(judge(none('broken'), [during(1)]).status).toBe('kept')
  })

  test('broken by a single one', () => {
    expect(
      judge(none('refused'), [during(999), during(1, { keeps: no })], {
        terms: termsOf(interaction({ stances: [stance('otherwise', 'refused')] })),
      }),
    ).toMatchObject({
      status: 'broken',
      reason: '1 of 1,000 responses (0.10 %) were refused',
      violations: 1,
    })
  })
})

describe('latency is a share: how many are later than the bound', () => {
  const slow = (count: number) => during(count, { took: 700 })

  test.each([
    [
      5,
      'kept',
      'p95 was 20 ms; 5 of 500 responses (1.0 %) had no answer within 600 ms; the 95 % interval 0.3–2.3 % lies below the 5 % allowed',
    ],
    [
      50,
      'broken',
      'p95 was 700 ms; 50 of 500 responses (10.0 %) had no answer within 600 ms; the 95 % interval 7.5–13.0 % lies above the 5 % allowed',
    ],
    [
      25,
      'undecided',
      'p95 was 20 ms; 25 of 500 responses (5.0 %) had no answer within 600 ms; the 95 % interval 3.3–7.3 % contains the 5 % allowed',
    ],
  ])('%i of 500 late: %s', (late, status, reason) => {
    expect(judge(latency('p95').atMost('600ms'), [during(500 - late), slow(late)])).toMatchObject({
      status,
      reason,
      unit: 'ms',
    })
  })

  test('an answer at the bound is in time', () => {
    expect(judge(latency('p50').atMost('700ms'), [slow(20)])).toMatchObject({
      status: 'kept',
      observed: 700,
      interval: [700, 700],
    })
  })

  test('broken answers count by their time; no answer, however quick, is later than any bound', () => {
    expect(judge(latency('p95').atMost('600ms'), [during(200, { keeps: 0, took: 3 })])).toMatchObject({
      status: 'kept',
      observed: 3,
    })
    expect(judge(latency('p95').atMost('600ms'), [during(200, { error: 1, took: 1 })])).toMatchObject({
      status: 'broken',
      violations: 200,
      observed: null,
      interval: null,
    })
  })

  test('an arrival that never ended is late', () => {
    const scenario = { load: loadOf(400, { endedAt: 15_000 }) }
    expect(judge(latency('p99').atMost('1s'), [during(300)], { scenario })).toMatchObject({
      status: 'broken',
      violations: 100,
      observed: null,
    })
  })

  test('the interval in ms and the verdict agree to the response', () => {
    const tooks = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant(Infinity)), {
      minLength: 1,
      maxLength: 300,
    })
    const quantiles = fc.constantFrom<Quantile>('p50', 'p75', 'p90', 'p95', 'p99')
    fc.assert(
      fc.property(tooks, quantiles, fc.integer({ min: 1, max: 50 }), (given, quantile, bound) => {
        const promise = latency(quantile).atMost(`${bound}ms`)
        const violations = given.filter((took) => took > bound).length
        const status = isCounted(promise) ? statusOf(promise, { responses: given.length, violations }, 0.95) : null
        const { interval } = quantileOf(
          Float32Array.from(given).sort(),
          isCounted(promise) ? allowedShare(promise) : 0,
          0.95,
        )
        const [low, high] = interval ?? [0, Infinity]
        expect(status === 'kept').toBe(bound >= high)
        expect(interval === null || (status === 'broken') === bound < low).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('answers that only the end of the fault released', () => {
  /** Sent a second or more before the fault was asked to go, and answered as soon as it went. */
  const hung = (count: number, sentAt = 18_000, overrides: Partial<Sample> = {}) =>
    responses(count, sentAt, sentAt, { took: 20_050 - sentAt, ...overrides })

  test('were late while it was in force, if they were by then', () => {
    const p95 = latency('p95').atMost('1500ms')
    expect(judge(p95, [during(190)])).toMatchObject({ status: 'kept', responses: 190 })
    expect(judge(p95, [during(150), hung(40)])).toMatchObject({
      status: 'broken',
      responses: 190,
      violations: 40,
      observed: 2_050,
    })
    expect(judge(p95, [during(150), hung(40, 18_501)])).toMatchObject({ status: 'kept', responses: 150 })
    expect(judge(p95, [during(150), hung(40, 18_499)]).status).toBe('broken')
    // Whoever was sent before it, or while it came, may have waited for that.
    expect(judge(p95, [during(150), hung(40, 9_990), hung(40, 10_050)])).toMatchObject({
      status: 'kept',
      responses: 150,
    })
  })

  test('of an interaction that the promise does not look at, are not counted', () => {
    const terms = termsOf(interaction(), interaction({ id: 1, key: login }))
    const p95 = latency('p95', { of: login }).atMost('1s')
    const found = judge(p95, [during(100, { interaction: 1 }), hung(40)], { terms })
    expect(found).toMatchObject({ status: 'kept', responses: 100 })
  })

  test.each([
    [share('full').atLeast(0.75), true],
    [share('broken').atMost(0.25), true],
    [share('reduced').atMost(0.25), false],
  ])('leave %o undecided where they are more than it allows to be broken', (promise, isOpen) => {
    const found = (count: number, sentAt?: number) => judge(promise, [during(180), hung(count, sentAt)])
    expect(found(60).status).toBe('kept')
    expect(found(61).status).toBe(isOpen ? 'undecided' : 'kept')
    expect(found(61).reason.startsWith('61 more responses hung until the faults changed')).toBe(isOpen)
    expect(found(61, 19_001).status).toBe('kept')
  })

  test('acquit nobody of a census either, but accuse nobody', () => {
    expect(judge(none('broken'), [during(100), hung(1)])).toMatchObject({
      status: 'undecided',
      reason:
        '1 more response hung until the faults changed; none of 100 responses was broken, which bounds the share to at most 3.6 %',
    })
    expect(judge(none('refused'), [during(100), hung(1)]).status).toBe('kept')
    expect(judge(none('full'), [during(100), hung(1)]).status).toBe('broken')
  })

  test('are patient as long as their contract is', () => {
    const terms = termsOf(interaction({ stances: [stance('comments: unavailable', 'reduced', 3_000)] }))
    const full = share('full').atLeast(0.9)
    expect(judge(full, [during(100), hung(50, 17_001)], { terms }).status).toBe('kept')
    expect(judge(full, [during(100), hung(50, 16_999)], { terms }).status).toBe('undecided')
  })

  test('came through another fault: then it is that one which changed first', () => {
    const later = faultOf(down('redis'), { asked: 18_600, inForce: 18_700, undoAsked: 19_000, undone: 19_100 })
    const scenario = { faults: [faultOf(), later] }
    const p95 = latency('p95').atMost('1500ms')
    expect(judge(p95, [responses(150, 10_200, 18_500), hung(40, 17_000)], { scenario }).status).toBe('broken')
    expect(judge(p95, [responses(150, 10_200, 18_500), hung(40, 17_200)], { scenario }).status).toBe('kept')
  })
})
