import { expect, test } from 'vitest'
import { SampleTable, sampleBytes, writeSample } from '../../src/load/sample.ts'
import type { WorkloadInteraction } from '../../src/load/workload.ts'
import { baselineOf, sicknessOf } from '../../src/run/health.ts'

const key = 'browser → front / read'
const interactions = [{ id: 0, key }] as WorkloadInteraction[]

function window(took: readonly number[], keeps = 1): SampleTable {
  const view = new DataView(new ArrayBuffer(took.length * sampleBytes))
  took.forEach((each, index) =>
    writeSample(view, index, {
      sentAt: index * 10,
      took: each,
      late: 0,
      keeps,
      sequence: index,
      interaction: 0,
      status: 200,
      error: 0,
    }),
  )
  return new SampleTable(new Uint8Array(view.buffer))
}
const steady = (ms: number) => window(Array.from({ length: 100 }, () => ms))

test('the baseline is the p95 of healthy responses, without the warm-up', () => {
  const slowAtFirst = window(Array.from({ length: 100 }, (_, index) => (index < 50 ? 500 : 10)))
  expect(baselineOf(slowAtFirst, interactions, 500)).toEqual({ responses: 100, p95: { [key]: 10 } })
  expect(baselineOf(window([5], 0), interactions, 0).p95).toEqual({})
})

test.for([
  { what: 'as the baseline', samples: steady(60), sick: null },
  { what: 'just within twice the baseline', samples: steady(119), sick: null },
  {
    what: 'slower than that',
    samples: steady(121),
    sick: /p95 of .* is 121.0 ms, above 120.0 ms \(baseline 60.0 ms\)/,
  },
  {
    what: 'with one response that is not normal',
    samples: window([60], 2),
    sick: /1 of 1 responses did not keep the normal half/,
  },
  { what: 'without a response', samples: window([]), sick: /no response came/ },
])('a window $what', ({ samples, sick }) => {
  const reason = sicknessOf(samples, interactions, { responses: 300, p95: { [key]: 60 } })
  expect(reason ?? '').toMatch(sick ?? /^$/)
})

test('twice a few milliseconds would be noise: 25 ms more are always allowed', () => {
  const baseline = { responses: 300, p95: { [key]: 2 } }
  expect(sicknessOf(steady(26), interactions, baseline)).toBeNull()
  expect(sicknessOf(steady(28), interactions, baseline)).toMatch(/above 27.0 ms/)
})

test('an interaction that was never healthy in the baseline is not healthy now', () => {
  expect(sicknessOf(steady(5), interactions, { responses: 300, p95: {} })).toMatch(/at no time of the baseline/)
})
