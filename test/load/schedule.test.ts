import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scheduleOf } from '../../src/load/arrivals/schedule.ts'

const times = (stages: Parameters<typeof scheduleOf>[0]) => {
  const schedule = scheduleOf(stages)
  return Array.from({ length: schedule.count }, (_, arrival) => schedule.dueMs(arrival))
}

test('arrivals are evenly spaced: the first at once, none at the end', () => {
  expect(times([{ rate: 4, forMs: 1_000 }])).toEqual([0, 250, 500, 750])
  expect(times([{ rate: 3, forMs: 500 }])).toEqual([0, 1_000 / 3])
})

test('stages follow each other, one without arrivals too', () => {
  const stages = [
    { rate: 2, forMs: 1_000 },
    { rate: 0, forMs: 700 },
    { rate: 10, forMs: 200 },
  ]
  expect(times(stages)).toEqual([0, 500, 1_700, 1_800])
  const schedule = scheduleOf(stages)
  expect(schedule.lengthMs).toBe(1_900)
  expect([0, 1, 2, 3].map((arrival) => schedule.stageOf(arrival))).toEqual([0, 0, 2, 2])
})

test('a rounding error adds no arrival', () => {
  expect(scheduleOf([{ rate: 0.3, forMs: 10_000 }]).count).toBe(3)
  expect(scheduleOf([{ rate: 1_000 / 3, forMs: 3_000 }]).count).toBe(1_000)
})

test('no arrivals without stages', () => {
  expect(scheduleOf([])).toMatchObject({ count: 0, lengthMs: 0 })
})

const anyStages = fc.array(
  fc.record({ rate: fc.integer({ min: 0, max: 500 }), forMs: fc.integer({ max: 3_000, min: 1 }) }),
  {
    maxLength: 5,
  },
)

test('property: in each stage rate × time arrivals, in order, inside the stage', () => {
  fc.assert(
    fc.property(anyStages, (stages) => {
      const { stageOf } = scheduleOf(stages)
      const due = times(stages)
      expect(due).toEqual(due.toSorted((a, b) => a - b))
      let from = 0
      for (const [stage, { rate, forMs }] of stages.entries()) {
        const within = due.filter((at) => at >= from && at < from + forMs)
        expect(within.length).toBe(Math.ceil((rate * forMs) / 1_000))
        for (const [index, at] of within.entries()) {
          expect(at).toBeCloseTo(from + (index * 1_000) / rate, 6)
          expect(stageOf(due.indexOf(at))).toBe(stage)
        }
        from += forMs
      }
    }),
  )
})
