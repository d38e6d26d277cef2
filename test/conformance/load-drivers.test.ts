import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scheduleOf } from '../../src/load/arrivals/schedule.ts'
import { driverNames, drivers } from './load/drivers.ts'
import { expectEvidence, expectReceived, expectSamples, graceMs, outcomeOf, wasHeldUp } from './load/expect-row.ts'
import { firstSequence, type PlayedRows, playRows } from './load/play-rows.ts'
import type { Row } from './load/row.ts'
import { rows } from './load/rows.ts'

/** What servers that answer at once seem to take, in the middle, ms. */
const medians = new Map<string, number>()
/** It was half a millisecond: the way from Go to the script. */
const apartMs = 50

function medianOf(played: PlayedRows): number {
  const quick = rows.filter(({ expected }) => expected.error === 'none' && expected.tookAtLeast === 0)
  const took = quick.flatMap((row) => played.of(row).samples.map((sample) => sample.took))
  return took.toSorted((a, b) => a - b)[took.length >> 1] ?? Number.NaN
}

describe.each(driverNames)('%s', (driver) => {
  let played: PlayedRows
  beforeAll(async () => {
    // A machine that stood still tells nothing of a driver: it is asked again.
    for (let turn = 0; turn < 3; turn += 1) {
      played = await playRows(drivers[driver])
      if (!rows.some((row) => wasHeldUp(played.of(row), outcomeOf(row, driver)))) return
    }
  }, 150_000)
  afterAll(() => void medians.set(driver, medianOf(played)))

  test.for(rows.map((row): [string, Row] => [row.name, row]))('%s', ([, row]) => {
    const own = played.of(row)
    const outcome = outcomeOf(row, driver)
    expectSamples(own, row, outcome)
    expectEvidence(own, outcome)
    expectReceived(own, row, outcome)
  })

  test('every arrival is sent when it is due, whoever hangs, and counted once', () => {
    const { samples, summary, arrivals } = played
    expect(samples.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: arrivals }, (_, index) => firstSequence + index),
    )
    expect(summary).toMatchObject({ due: arrivals, started: arrivals, answered: arrivals })
    expect(summary.cpuMs).toBeGreaterThan(0)
    const late = samples.map((sample) => sample.late).toSorted((a, b) => a - b)
    expect(late[0]).toBeGreaterThanOrEqual(0)
    expect(late.at(-1)).toBeLessThan(graceMs)
    expect(summary.lateP99).toBeCloseTo(late[Math.ceil(late.length * 0.99) - 1] ?? 0, 2)
  })

  test('its ticks tell as much as its samples', () => {
    const { ticks, samples, arrivals } = played
    expect(ticks.length).toBeGreaterThanOrEqual(4)
    expect(ticks.at(-1)).toMatchObject({ started: arrivals, answered: arrivals })
    const told = (kind: 'normal' | 'other' | 'none') => ticks.reduce((sum, tick) => sum + tick[kind], 0)
    const count = (is: (keeps: number) => boolean) => samples.filter(({ keeps }) => is(keeps)).length
    expect({ normal: told('normal'), other: told('other'), none: told('none') }).toEqual({
      normal: count((keeps) => (keeps & 1) === 1),
      other: count((keeps) => keeps > 0 && (keeps & 1) === 0),
      none: count((keeps) => keeps === 0),
    })
    expect(ticks.some(({ p95 }) => p95 !== null && p95 > 0)).toBe(true)
    for (const [index, { at, started, answered }] of ticks.entries()) {
      expect(answered).toBeLessThanOrEqual(started)
      expect(at).toBeGreaterThanOrEqual(ticks[index - 1]?.at ?? played.startedAt)
    }
  })

  test('it ends with the last answer, not before the schedule does', () => {
    const { summary, startedAt, samples } = played
    expect(summary.startedAt).toBe(startedAt)
    const lastEnd = Math.max(...samples.map(({ sentAt, took }) => sentAt + took))
    expect(summary.endedAt).toBeGreaterThanOrEqual(lastEnd - 1)
    expect(summary.endedAt - startedAt).toBeGreaterThanOrEqual(scheduleOf(played.stages).lengthMs - 20)
  })
})

test('servers that answer at once seem as quick by one driver as by another', () => {
  const [quickest = Number.NaN, ...others] = [...medians.values()].toSorted((a, b) => a - b)
  expect(others.length).toBe(driverNames.length - 1)
  for (const other of others) expect(other - quickest).toBeLessThan(apartMs)
})
