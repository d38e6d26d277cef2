import { expect, test } from 'vitest'
import { anchorNow, monotonicClock } from '../../src/core/clock.ts'

test('a clock tells wall time, and keeps telling it from its anchor', () => {
  const clock = monotonicClock()
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  const fiveSecondsAgo = String(process.hrtime.bigint() - 5_000_000_000n)
  const anchored = monotonicClock({ wallMs: 1_000_000, monotonicNs: fiveSecondsAgo })
  const now = anchored.now()
  expect(now).toBeGreaterThanOrEqual(1_005_000)
  expect(now).toBeLessThan(1_010_000)
})

test('two clocks on one anchor agree, and neither runs backwards', () => {
  const anchor = anchorNow()
  const [a, b] = [monotonicClock(anchor), monotonicClock(JSON.parse(JSON.stringify(anchor)) as typeof anchor)]
  const readings = Array.from({ length: 1_000 }, (_, turn) => (turn % 2 === 0 ? a : b).now())
  expect(readings).toEqual(readings.toSorted((x, y) => x - y))
})

test('sleep lasts at least as long as asked', async () => {
  const clock = monotonicClock()
  const start = clock.now()
  await clock.sleep(30)
  // Node's timers count whole milliseconds.
  expect(clock.now() - start).toBeGreaterThanOrEqual(29)
})

test('sleep ends early, without an error, when its signal aborts', async () => {
  const clock = monotonicClock()
  const abort = new AbortController()
  const asleep = clock.sleep(60_000, abort.signal)
  abort.abort()
  await expect(asleep).resolves.toBeUndefined()
  await expect(clock.sleep(60_000, abort.signal)).resolves.toBeUndefined()
})

test('a sleep of less than nothing is over', async () => {
  await expect(monotonicClock().sleep(-5)).resolves.toBeUndefined()
})
