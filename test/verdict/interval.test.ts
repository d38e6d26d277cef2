import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clopperPearson, responsesToKeep, violationsToBreak, violationsTolerated } from '../../src/verdict/interval.ts'

/** hits, n, and the limits to 15 digits, from a computation with 40 digits. */
const exact: [hits: number, n: number, low: number, high: number][] = [
  [0, 1, 0, 0.975],
  [1, 1, 0.025, 1],
  [1, 2, 0.012579117093425, 0.987420882906575],
  [3, 10, 0.0667395111777345, 0.652452850059997],
  [5, 50, 0.0332750935890225, 0.218135366434202],
  [0, 368, 0, 0.00997405482694635],
  [3, 1_000, 0.000619099931649571, 0.0087420232384783],
  [50, 1_000, 0.0373353976046618, 0.0653904879154936],
  [990, 1_000, 0.981686756944888, 0.995194489308951],
  [999, 1_000, 0.994441075720173, 0.999974682512509],
  [1, 10_000, 2.53177759347469e-6, 0.000557036997947047],
  [500, 10_000, 0.0458099421987706, 0.0544545270283589],
  [33_333, 100_000, 0.330408133457121, 0.336261536176906],
  [10, 1_000_000, 4.7953987775456e-6, 0.0000183902788912385],
  [500_000, 1_000_000, 0.499019519195312, 0.500980480804688],
  [1, 10_000_000, 2.53178079522403e-9, 5.57164211736073e-7],
  [100_000, 10_000_000, 0.0099384230568477, 0.0100618608901823],
  [9_999_997, 10_000_000, 0.999999123272946, 0.999999938132783],
  [9_999_999, 10_000_000, 0.999999442835788, 0.999999997468219],
]

describe('the interval', () => {
  test.each(exact)('%i of %i', (hits, n, low, high) => {
    const interval = clopperPearson(hits, n)
    expect(Math.abs(interval[0] - low)).toBeLessThanOrEqual(1e-7 * Math.min(low, 1 - low) + 1e-15)
    expect(Math.abs(interval[1] - high)).toBeLessThanOrEqual(1e-7 * Math.min(high, 1 - high) + 1e-15)
  })

  test('ends where so many hits, or more, or fewer, become as unlikely as the confidence leaves room for', () => {
    for (const [hits, n, confidence] of [
      [7, 60, 0.95],
      [30, 60, 0.99],
      [59, 60, 0.8],
    ] as const) {
      const [low, high] = clopperPearson(hits, n, confidence)
      expect(binomial(n, low, hits, n)).toBeCloseTo((1 - confidence) / 2, 7)
      expect(binomial(n, high, 0, hits)).toBeCloseTo((1 - confidence) / 2, 7)
    }
  })

  test('holds the true share at least 95 times in 100, whatever the share: summed over every outcome', () => {
    for (const n of [1, 5, 37, 200]) {
      const intervals = Array.from({ length: n + 1 }, (_, hits) => clopperPearson(hits, n))
      for (let share = 0.0025; share < 1; share += 0.0025) {
        const covered = intervals.reduce(
          (sum, [low, high], hits) => (low <= share && share <= high ? sum + binomial(n, share, hits, hits) : sum),
          0,
        )
        expect(covered, `${share} of ${n}`).toBeGreaterThanOrEqual(0.95 - 1e-9)
      }
    }
  })

  const some = fc
    .integer({ min: 1, max: 10_000_000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  test('holds what was seen, is wider for more confidence, and is the mirror image of that of the others', () => {
    fc.assert(
      fc.property(some, ([hits, n]) => {
        const [low, high] = clopperPearson(hits, n)
        expect(low).toBeLessThanOrEqual(hits / n)
        expect(high).toBeGreaterThanOrEqual(hits / n)
        const [lower, higher] = clopperPearson(hits, n, 0.99)
        expect(lower).toBeLessThanOrEqual(low)
        expect(higher).toBeGreaterThanOrEqual(high)
        const [mirrorLow, mirrorHigh] = clopperPearson(n - hits, n)
        expect(1 - mirrorHigh).toBeCloseTo(low, 8)
        expect(1 - mirrorLow).toBeCloseTo(high, 8)
      }),
    )
  })

  test('moves up with every hit, and down with every miss', () => {
    fc.assert(
      fc.property(some, ([hits, n]) => {
        const [low, high] = clopperPearson(hits, n)
        const [lowAfterHit, highAfterHit] = clopperPearson(hits + 1, n + 1)
        const [lowAfterMiss, highAfterMiss] = clopperPearson(hits, n + 1)
        expect(lowAfterHit).toBeGreaterThanOrEqual(low * (1 - 1e-7))
        expect(1 - highAfterHit).toBeLessThanOrEqual((1 - high) * (1 + 1e-7))
        expect(lowAfterMiss).toBeLessThanOrEqual(low * (1 + 1e-7))
        expect(1 - highAfterMiss).toBeGreaterThanOrEqual((1 - high) * (1 - 1e-7))
      }),
    )
  })

  test('knows nothing without a response, and refuses what is no share', () => {
    expect(clopperPearson(0, 0)).toEqual([0, 1])
    for (const [hits, n] of [
      [-1, 5],
      [6, 5],
      [0.5, 5],
      [Number.NaN, 5],
    ] as const)
      expect(() => clopperPearson(hits, n)).toThrow(RangeError)
  })
})

describe('planning', () => {
  test('a 1 % bound is kept by 368 responses without a violation, and 1,000 tolerate 3', () => {
    expect(responsesToKeep(0.01)).toBe(368)
    expect(violationsTolerated(367, 0.01)).toBe(-1)
    expect(violationsTolerated(368, 0.01)).toBe(0)
    expect(violationsTolerated(1_000, 0.01)).toBe(3)
  })

  test('ends of the range', () => {
    expect(responsesToKeep(0)).toBe(Infinity)
    expect(responsesToKeep(1)).toBe(1)
    expect(responsesToKeep(1, 5)).toBe(5)
    expect(violationsTolerated(0, 0.5)).toBe(-1)
    expect(violationsTolerated(10, 1)).toBe(10)
    expect(violationsToBreak(0, 0.5)).toBe(1)
    expect(violationsToBreak(3, 0.5)).toBe(4)
  })

  test('more confidence takes more responses, and tolerates fewer violations', () => {
    expect(responsesToKeep(0.05, 0, 1 - 0.05 / 3)).toBe(94)
    expect(violationsTolerated(1_000, 0.05, 0.99)).toBeLessThan(violationsTolerated(1_000, 0.05))
    expect(violationsToBreak(1_000, 0.05, 0.99)).toBeGreaterThan(violationsToBreak(1_000, 0.05))
  })

  const bounds = fc.double({ min: 1e-4, max: 0.9, noNaN: true })

  test('the number of responses is the smallest that will do', () => {
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 40 }), (bound, violations) => {
        const n = responsesToKeep(bound, violations)
        expect(clopperPearson(violations, n)[1]).toBeLessThanOrEqual(bound)
        expect(n - 1 <= violations || clopperPearson(violations, n - 1)[1] > bound).toBe(true)
        expect(violationsTolerated(n, bound)).toBeGreaterThanOrEqual(violations)
      }),
    )
  })

  test('the numbers of violations are the last that keeps and the first that breaks', () => {
    fc.assert(
      fc.property(bounds, fc.integer({ min: 1, max: 5_000 }), (bound, n) => {
        const tolerated = violationsTolerated(n, bound)
        const breaking = violationsToBreak(n, bound)
        expect(tolerated < 0 || clopperPearson(tolerated, n)[1] <= bound).toBe(true)
        expect(clopperPearson(tolerated + 1, n)[1]).toBeGreaterThan(bound)
        expect(clopperPearson(breaking - 1, n)[0]).toBeLessThanOrEqual(bound)
        expect(breaking > n || clopperPearson(breaking, n)[0] > bound).toBe(true)
        expect(tolerated).toBeLessThan(breaking)
      }),
    )
  })
})

/** Probability of `from` to `to` hits in `n` draws, each a hit with probability `share`. */
function binomial(n: number, share: number, from: number, to: number): number {
  let sum = 0
  let logChoose = 0
  for (let hits = 0; hits <= to; hits++) {
    if (hits > 0) logChoose += Math.log(n - hits + 1) - Math.log(hits)
    if (hits >= from) sum += Math.exp(logChoose + hits * Math.log(share) + (n - hits) * Math.log1p(-share))
  }
  return sum
}
