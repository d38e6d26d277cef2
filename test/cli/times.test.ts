import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultRecord } from '../../src/fault/record.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import type { RunRecord, ScenarioRecord } from '../../src/record/record.ts'
import type { Report } from '../../src/report/report.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, recordOf, reportOf, runFolder } from './brownout.ts'

/** Faults in time, looks and probes: one run of a system made for it, of which each test looks at one scenario. */
const config = join(import.meta.dirname, '../fixtures/times/brownout.config.ts')
const home = await temporaryFolder()
let record: RunRecord
let report: Report
let output = ''

beforeAll(async () => {
  const running = brownout(['gate', '--config', config, '--home', home.path, '--seed', '7'])
  await running.exited
  output = running.output()
  record = recordOf(home.path)
  report = reportOf(home.path)
}, 150_000)
afterAll(() => home[Symbol.asyncDispose]())

function played(name: string): ScenarioRecord & { startedAt: number } {
  const scenario = record.scenarios.find((each) => each.name === name)
  if (!scenario || scenario.startedAt === null) throw new Error(`"${name}" was not played: ${output}`)
  return { ...scenario, startedAt: scenario.startedAt }
}
const timesOf = (fault: FaultRecord) =>
  [fault.asked, fault.inForce, fault.undoAsked, fault.undone, fault.verified].map(Number)
const statusesOf = (name: string) =>
  report.scenarios.find((scenario) => scenario.name === name)?.promises.map(({ status }) => status)

test('every fault comes and goes in order, and no end of ours is a death', () => {
  expect(record.endedBy, output).toBe(null)
  for (const { name, faults, deaths, taps } of record.scenarios) {
    expect(deaths, name).toEqual([])
    for (const fault of faults) {
      expect(fault.trouble, fault.text).toBe(null)
      expect(timesOf(fault).every((time) => time > 0)).toBe(true)
      expect(timesOf(fault)).toEqual(timesOf(fault).toSorted((a, b) => a - b))
    }
    expect(taps.map(({ at }) => at)).toEqual(taps.map(({ at }) => at).toSorted((a, b) => a - b))
    expect([taps[0]?.label, taps.at(-1)?.label]).toEqual(['start', 'end'])
  }
  expectNothingLeft(home.path)
})

test('a fault has its time, and the next one the time after it', () => {
  const { faults, startedAt, taps } = played('one-after-the-other')
  const [refused, paused] = faults as [FaultRecord, FaultRecord]
  // Timers may be early by a part of a millisecond.
  expect(Math.ceil(Number(refused.undoAsked) - startedAt)).toBeGreaterThanOrEqual(1_799)
  expect(Math.ceil(Number(paused.asked) - startedAt)).toBeGreaterThanOrEqual(2_199)
  expect(Number(paused.asked)).toBeGreaterThan(Number(refused.undone))
  // Taps were read right before and right after each change.
  for (const { asked, inForce, undoAsked, undone } of faults) {
    const between = (from: number | null, to: number | null) =>
      taps.filter(({ at }) => at >= Number(from) && at <= Number(to)).map(({ label }) => label)
    expect(between(inForce, undoAsked)).toEqual(['inForce', 'undoAsked'])
    expect(between(asked, inForce)).toEqual([])
    expect(between(undoAsked, undone)).toEqual([])
  }
})

test('a paused service is silent from beginning to end', () => {
  const [, paused] = played('one-after-the-other').faults
  const outcomes = (when: string) =>
    paused?.canary.filter((reading) => reading.when === when).map(({ outcome }) => outcome)
  expect(outcomes('during')).toEqual(['silent', 'silent'])
  expect(outcomes('after')).toEqual(['answered'])
  expect(paused).toMatchObject({ instances: ['stock'], ladder: ['resume'] })
})

test('the canary looks three times before a fault, and not only as the load begins', () => {
  const [refused] = played('one-after-the-other').faults
  const before = refused?.canary.filter(({ when }) => when === 'before') ?? []
  expect(before.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered'])
  const [first, , last] = before.map(({ at }) => at)
  // The last is sent so that its 500 ms are over before the second is.
  expect(Number(last) - Number(first)).toBeGreaterThanOrEqual(300)
  expect(Number(last)).toBeLessThan(Number(refused?.asked))
})

test('what is after begins when "during" is over, though its faults were gone before', () => {
  const { taps, startedAt } = played('one-after-the-other')
  expect(Math.ceil(Number(taps.at(-1)?.at) - startedAt)).toBeGreaterThanOrEqual(4_499)
})

test('two faults together: what came last goes first', () => {
  const [slow, refused] = played('together').faults as [FaultRecord, FaultRecord]
  expect(Number(refused.inForce)).toBeLessThan(Number(refused.undoAsked))
  expect(Number(slow.inForce)).toBeLessThan(Number(refused.undoAsked))
  expect(Number(refused.undone)).toBeLessThanOrEqual(Number(slow.undoAsked))
  expect(slow.felt.map(({ condition }) => condition)).toEqual(['slow'])
})

test('probes are asked in their phase: what holds eventually until it does, what never may to the end', () => {
  const { probes, faults, startedAt } = played('together')
  const [before, missed, ill, after] = probes.map(({ readings }) => readings)
  const undone = Math.max(...faults.map((fault) => Number(fault.undone)))
  const undoAsked = Math.min(...faults.map((fault) => Number(fault.undoAsked)))
  expect(missed?.map(({ holds }) => holds).indexOf(true)).toBe((missed?.length ?? 0) - 1)
  expect(missed?.at(-1)?.body).toContain('stockFailures')
  expect(ill?.length).toBeGreaterThanOrEqual(4)
  expect(ill?.every(({ status, holds, issues }) => status === 200 && !holds && issues.length > 0)).toBe(true)
  expect(after?.map(({ status, holds }) => [status, holds])).toEqual([[404, true]])
  expect(before?.every(({ at }) => at >= startedAt && at < Number(faults[0]?.asked))).toBe(true)
  expect(ill?.every(({ at }) => at >= startedAt + 1_000 && at < undoAsked)).toBe(true)
  expect(ill?.at(-1)?.at).toBeGreaterThanOrEqual(startedAt + 2_500)
  expect(after?.every(({ at }) => at >= undone)).toBe(true)
})

test('flapping comes and goes, and is gone in the end', () => {
  const steps = played('flapping-stock').faults[0]?.steps.map(({ text }) => text) ?? []
  expect(steps.length).toBeGreaterThanOrEqual(3)
  expect(steps.slice(0, 3)).toEqual(['refused', 'let through', 'refused'])
})

test('a rolling restart ends each instance once, and waits for it before it goes on', () => {
  const [restarted] = played('rolling').faults
  expect(restarted?.steps.map(({ text }) => text)).toEqual([
    'back#1 ended',
    'back#1 is ready',
    'back#2 ended',
    'back#2 is ready',
  ])
  expect(restarted).toMatchObject({ felt: [], instances: ['back#1', 'back#2'] })
})

test('all instances of a service are killed at once, and that is felt', () => {
  const [killed] = played('all-backs').faults
  expect(killed).toMatchObject({
    instances: ['back#1', 'back#2'],
    felt: [{ consumer: 'front', dependency: 'back', condition: 'unavailable' }],
  })
})

test('a surge comes and goes exactly by the schedule of the load, and adds arrivals of its interaction alone', () => {
  const { faults, startedAt, interactions } = played('at-peak')
  expect(timesOf(faults[0] as FaultRecord).map((time) => Math.round(time - startedAt))).toEqual([
    1_500, 1_500, 2_500, 2_500, 2_500,
  ])
  const samples = readSamples(join(runFolder(home.path), 'at-peak', 'samples.bin'))
  const page = interactions.find(({ key }) => key.endsWith('read the page'))?.id
  let [pages, others] = [0, 0]
  for (let index = 0; index < samples.length; index += 1) {
    const at = samples.sentAt(index) - startedAt
    if (at < 1_500 || at >= 2_500) continue
    if (samples.interaction(index) === page) pages += 1
    else others += 1
  }
  // 30 and 120 more of one, 30 of the other.
  expect(pages).toBeGreaterThan(100)
  expect(others).toBeLessThan(60)
})

test('a phase goes on while a promise is undecided, and ends at the look that decides it', () => {
  const { faults, startedAt, looks } = played('decided-late')
  expect(looks.during).toEqual([2_000, 3_000, 4_000])
  expect(Number(faults[0]?.undoAsked) - startedAt).toBeGreaterThanOrEqual(4_000)
  expect(statusesOf('decided-late')).toEqual(['kept'])
  expect(output).toContain('during goes on to 3 s')
})

test('what the first look decides needs no other', () => {
  const [, all = ''] = /all-backs: ([^[]*)/.exec(output) ?? []
  expect(all).toContain('in force')
  expect(all).not.toContain('during goes on')
})

test('what no look decides stays undecided', () => {
  const { faults, startedAt } = played('never-decided')
  expect(Number(faults[0]?.undoAsked) - startedAt).toBeGreaterThanOrEqual(3_000)
  expect(statusesOf('never-decided')).toEqual(['undecided'])
  expect(report.decision?.exitCode).toBe(3)
})

test('a dry run says when what comes, how long it may last, and whom it asks', async () => {
  const running = brownout(['gate', '--config', config, '--dry-run', '--only', 'one-after', '--only', 'together'])
  expect((await running.exited).code).toBe(0)
  const plan = running.output()
  expect(plan).toMatch(
    / 0 ms +down\(front → stock\) for 800ms comes\n +800 ms +down\(.*goes\n +1\.2 s +pause\(stock\).*comes/,
  )
  expect(plan).toContain('during  1.5 s, if undecided 2.3 s, if undecided 3 s')
  expect(plan).toMatch(/probes of front +127\.0\.0\.1:\d+/)
  expect(plan).toMatch(/2 scenarios; .* in all \(at most .*, while promises are undecided\)/)
})
