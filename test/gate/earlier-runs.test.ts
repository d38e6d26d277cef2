import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { coverageBefore, findEarlier } from '../../src/gate/earlier-runs.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { readRun } from '../../src/record/store.ts'
import { report } from '../report/sample-report.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const base: RunRecord = { ...readRun(join(import.meta.dirname, '../record/fixtures/version-1')), whole: true }
const now = { id: '20261130', variants: [], system: { name: 'tiny' } }

/** A stored run with a report that counts `proven` proven cells. */
function store(runs: string, id: string, proven: number, change: Partial<RunRecord> = {}): void {
  const record = { ...base, id, ...change }
  mkdirSync(join(runs, id))
  writeFileSync(join(runs, id, 'run.json'), JSON.stringify(record))
  const made = report({ coverage: { proven, declared: 1, undeclared: 2, cells: [] } })
  const run = { ...made.run, id, system: record.system.name, startedAt: proven }
  writeFileSync(join(runs, id, 'report.json'), JSON.stringify({ ...made, run }))
}

/** Runs that nothing is held against unasked, newer than all that may be. */
function storeOthers(runs: string): void {
  const endedBy = { code: 'INTERRUPTED', message: 'interrupted', exitCode: 130 }
  store(runs, '20261121-partial', 91, { whole: false })
  store(runs, '20261122-interrupted', 92, { endedBy })
  store(runs, '20261123-killed', 93, { endedAt: null })
  store(runs, '20261124-variant', 94, { variants: ['front.slow'] })
  store(runs, '20261125-system', 95, { system: { ...base.system, name: 'another' } })
  store(runs, '20261126-newer', 96, { version: 3 } as object)
  mkdirSync(join(runs, '20261127-empty'))
  store(runs, '20261130', 97)
  store(runs, '20261201-later', 98)
}

test('latest is the newest whole gate before this run, of the same system and variants', async () => {
  await using folder = await temporaryFolder()
  storeOthers(folder.path)
  expect(findEarlier(folder.path, 'latest', now)).toBeNull()
  expect(findEarlier(join(folder.path, 'none'), 'latest', now)).toBeNull()
  store(folder.path, '20261101-a', 1)
  store(folder.path, '20261102-b', 2)
  expect(findEarlier(folder.path, 'latest', now)?.run.id).toBe('20261102-b')
  expect(findEarlier(folder.path, 'latest', { ...now, variants: ['front.slow'] })?.run.id).toBe('20261124-variant')
})

test('a run that was renamed counts at the time it was made, and once', async () => {
  await using folder = await temporaryFolder()
  const [first, second, third] = ['20261101-120000-aaaa', '20261102-120000-bbbb', '20261103-120000-cccc'] as const
  store(folder.path, 'the-good-one', 2, { id: second })
  store(folder.path, first, 1)
  expect(findEarlier(folder.path, 'latest', now)?.coverage.proven).toBe(2)
  store(folder.path, third, 3)
  store(folder.path, 'a-copy', 3, { id: third })
  store(folder.path, 'of-tomorrow', 4, { id: '20261201-120000-dddd' })
  writeFileSync(join(folder.path, 'notes.txt'), '')
  expect(findEarlier(folder.path, 'latest', now)?.coverage.proven).toBe(3)
  expect(coverageBefore(folder.path, now).map(({ proven }) => proven)).toEqual([1, 2, 3])
})

test('a run is named by id, by folder, or by its report', async () => {
  await using folder = await temporaryFolder()
  store(folder.path, '20261101-a', 1, { whole: false })
  for (const name of ['20261101-a', join(folder.path, '20261101-a'), join(folder.path, '20261101-a', 'report.json')])
    expect(findEarlier(folder.path, name, now)?.run.id).toBe('20261101-a')
})

test.for<[what: string, text: string | null, code: string, message: RegExp]>([
  ['is missing', null, 'NO_REPORT', /ENOENT/],
  ['is cut short', '{"format":', 'NO_REPORT', /JSON/],
  ['is something else', '{"format":"tar"}', 'NO_REPORT', /no report of Brownout/],
  ['is of a newer version', '{"format":"brownout-report","version":9}', 'REPORT_TOO_NEW', /version 9/],
  ['is about another system', JSON.stringify(report()), 'ANOTHER_SYSTEM', /"photo shop", not "tiny"/],
])('a report that %s is refused, exit 2', async ([, text, code, message]) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'report.json')
  if (text !== null) writeFileSync(file, text)
  expect(() => findEarlier(folder.path, file, now)).toThrow(
    expect.objectContaining({ exitCode: 2, code, message: expect.stringMatching(message) as unknown }),
  )
})

test('coverage over time is that of such runs, oldest first, twenty at most', async () => {
  await using folder = await temporaryFolder()
  expect(coverageBefore(folder.path, now)).toEqual([])
  storeOthers(folder.path)
  for (let day = 1; day <= 25; day++) store(folder.path, `202610${String(day).padStart(2, '0')}`, day)
  const points = coverageBefore(folder.path, now)
  expect(points.map(({ proven }) => proven)).toEqual(Array.from({ length: 20 }, (_, index) => index + 6))
  expect(points[0]).toEqual({ run: '20261006', at: 6, proven: 6, declared: 1, undeclared: 2 })
})
