import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scheduleOf } from '../../src/load/arrivals/schedule.ts'
import { k6Stages, leadMs, markEveryMs, marks } from '../../src/load/driver/k6/stages.ts'
import type { Stage } from '../../src/load/workload.ts'

/** When k6 begins its iterations, ms: the calculation of its ramping-arrival-rate executor, in its own numbers. */
function iterations({ timeUnit, stages }: ReturnType<typeof k6Stages>): number[] {
  const unitNs = Number.parseFloat(timeUnit) * 1e9
  const starts: number[] = []
  let [stageStart, doneSoFar, endCount, from, next] = [0, 0, 0, 0, 1]
  for (const { duration, target } of stages) {
    const forNs = Math.trunc(Number.parseFloat(duration) * (duration.endsWith('ms') ? 1e6 : 1e9))
    const to = target / unitNs
    endCount += from === to ? forNs * to : forNs * ((to - from) / 2 + from)
    for (; next <= endCount; next += 1) starts.push((stageStart + Math.trunc((next - doneSoFar) / to)) / 1e6)
    doneSoFar = endCount
    from = to
    stageStart += forNs
  }
  return starts
}

const due = (stages: readonly Stage[]) => {
  const { count, dueMs } = scheduleOf(stages)
  return Array.from({ length: count }, (_, arrival) => leadMs + dueMs(arrival))
}

test('k6 begins with marks, and then has every arrival due when the schedule says', () => {
  const starts = iterations(
    k6Stages([
      { rate: 100, forMs: 1_000 },
      { rate: 0, forMs: 500 },
      { rate: 200, forMs: 1_000 },
    ]),
  )
  expect(starts.length).toBe(marks + 300)
  for (const [index, at] of starts.slice(0, marks).entries()) expect(at).toBeCloseTo((index + 1) * markEveryMs, 3)
  const [first, last] = [starts[marks] ?? 0, starts.at(-1) ?? 0]
  expect(first - leadMs).toBeCloseTo(0, 1)
  expect(last - leadMs).toBeCloseTo(2_495, 1)
})

test('whatever the stages, none is missing, none is added, and each comes within a millisecond of when it is due', () => {
  const stage = fc.record({
    rate: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.double({ min: 0.1, max: 500, noNaN: true })),
    forMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 1, max: 5_000, noNaN: true })),
  })
  fc.assert(
    fc.property(fc.array(stage, { maxLength: 6 }), (stages) => {
      const starts = iterations(k6Stages(stages)).slice(marks)
      const wanted = due(stages)
      expect(starts.length).toBe(wanted.length)
      const slowest = Math.min(...stages.map(({ rate }) => rate).filter((rate) => rate > 0), 1_000)
      for (const [arrival, at] of starts.entries())
        expect(Math.abs(at - (wanted[arrival] ?? 0))).toBeLessThanOrEqual(1 + 2 / slowest)
    }),
  )
})
