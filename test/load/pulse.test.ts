import { expect, test } from 'vitest'
import { Pulse } from '../../src/load/driver/k6/own/pulse.ts'

test('what is sent while nothing goes on is as late as that lasts', () => {
  let now = 1_000
  const pulse = new Pulse({ now: () => now, sleep: () => Promise.resolve() })
  now = 1_005
  expect(pulse.lateAfter(1_001)).toBe(0)
  now = 1_100
  // Nothing was due before 1,015.
  expect([1_014, 1_015, 1_020, 1_099, 1_100].map((moment) => pulse.lateAfter(moment))).toEqual([0, 85, 80, 1, 0])
  now = 1_115
  expect([1_105, 1_020].map((moment) => pulse.lateAfter(moment))).toEqual([0, 80])
  now = 3_000
  expect([2_000, 1_020, 1_110].map((moment) => pulse.lateAfter(moment))).toEqual([1_000, 80, 0])
  pulse.close()
})
