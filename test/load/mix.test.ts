import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mixOf } from '../../src/load/driver/embedded/mix.ts'

const draw = (interactions: Parameters<typeof mixOf>[0], seed: number, count: number) => {
  const choose = mixOf(interactions, seed)
  return Array.from({ length: count }, choose)
}

test('rows are taken in turn, for each interaction by itself', () => {
  const choices = draw(
    [
      { weight: 1, rows: ['a', 'b', 'c'] },
      { weight: 1, rows: ['x', 'y'] },
    ],
    7,
    200,
  )
  for (const [interaction, rows] of [
    [0, 3],
    [1, 2],
  ] as const) {
    const own = choices.filter((choice) => choice.interaction === interaction).map(({ row }) => row)
    expect(own.length).toBeGreaterThan(50)
    expect(own).toEqual(own.map((_, turn) => turn % rows))
  }
})

test('the same seed gives the same choices, another seed others', () => {
  const two = [
    { weight: 1, rows: [0] },
    { weight: 1, rows: [0] },
  ]
  expect(draw(two, 1, 100)).toEqual(draw(two, 1, 100))
  expect(draw(two, 1, 100)).not.toEqual(draw(two, 2, 100))
})

test('property: interactions come as often as they weigh, and those of weight 0 never', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 6 })
        .filter((all) => all.some((one) => one > 0)),
      fc.integer(),
      (weights, seed) => {
        const count = 4_000
        const choices = draw(
          weights.map((weight) => ({ weight, rows: [0] })),
          seed,
          count,
        )
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        for (const [interaction, weight] of weights.entries()) {
          const seen = choices.filter((choice) => choice.interaction === interaction).length
          const expected = (count * weight) / total
          // Seven standard deviations of a binomial count: no false alarm, and a swapped weight is seen.
          expect(Math.abs(seen - expected)).toBeLessThanOrEqual(7 * Math.sqrt(expected * (1 - weight / total)))
        }
      },
    ),
    { numRuns: 50 },
  )
})
