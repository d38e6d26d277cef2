import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Choice, mixOf } from '../../src/load/arrivals/mix.ts'

type Interactions = { weight: number; rows: unknown[] }[]
type Stages = { arrivals: number; weights?: Record<number, number> }[]

/** Choices of all arrivals, stage by stage; ids are ten times the place in the list. */
function draw(interactions: Interactions, seed: number, stages: Stages): Choice[][] {
  const choose = mixOf(
    interactions.map((interaction, place) => ({ id: place * 10, ...interaction })),
    stages.map(({ arrivals, weights }) => ({ rate: arrivals, ...(weights ? { weights } : {}) })),
    seed,
  )
  return stages.map(({ arrivals }, stage) => Array.from({ length: arrivals }, () => choose(stage)))
}

const two = (): Interactions => [
  { weight: 1, rows: ['a', 'b', 'c'] },
  { weight: 1, rows: ['x', 'y'] },
]

test('rows are taken in turn, for each interaction by itself, through all stages', () => {
  const stages = [{ arrivals: 70 }, { arrivals: 31, weights: { 10: 1 } }, { arrivals: 100, weights: { 0: 1, 10: 2 } }]
  const choices = draw(two(), 7, stages).flat()
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
  const stages = [{ arrivals: 50 }, { arrivals: 50, weights: { 0: 1, 10: 3 } }]
  expect(draw(two(), 1, stages)).toEqual(draw(two(), 1, stages))
  expect(draw(two(), 1, stages)).not.toEqual(draw(two(), 2, stages))
})

test('a stage that sends needs something to send', () => {
  expect(() => draw(two(), 1, [{ arrivals: 5 }, { arrivals: 5, weights: { 20: 1 } }])).toThrow('stage 2')
  expect(() => draw([], 1, [{ arrivals: 5 }])).toThrow('stage 1')
  expect(draw(two(), 1, [{ arrivals: 0, weights: {} }])).toEqual([[]])
})

const someWeights = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 10 }), { minLength: count, maxLength: count })
    .filter((all) => all.some((one) => one > 0))

const anyMix = fc
  .integer({ min: 1, max: 6 })
  .chain((count) =>
    fc.record({ own: someWeights(count), stages: fc.array(fc.option(someWeights(count)), { maxLength: 3 }) }),
  )

test('property: in each stage interactions come as often as they weigh there, and those of weight 0 never', () => {
  fc.assert(
    fc.property(anyMix, fc.integer(), ({ own, stages }, seed) => {
      const arrivals = 2_000
      const all = draw(
        own.map((weight) => ({ weight, rows: [0] })),
        seed,
        stages.map((weights) => ({ arrivals, ...(weights && { weights: byId(weights) }) })),
      )
      for (const [stage, choices] of all.entries()) {
        const weights = stages[stage] ?? own
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        for (const [interaction, weight] of weights.entries()) {
          const seen = choices.filter((choice) => choice.interaction === interaction).length
          const expected = (arrivals * weight) / total
          // Seven standard deviations of a binomial count: no false alarm, and a swapped weight is seen.
          expect(Math.abs(seen - expected)).toBeLessThanOrEqual(7 * Math.sqrt(expected * (1 - weight / total)))
        }
      }
    }),
    { numRuns: 50 },
  )
})

/** Weights of 0 are left out: both ways to say it mean the same. */
function byId(weights: readonly number[]): Record<number, number> {
  return Object.fromEntries(weights.flatMap((weight, place) => (weight === 0 ? [] : [[place * 10, weight]])))
}
