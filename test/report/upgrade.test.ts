import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { BrownoutError } from '../../src/core/errors.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { upgradeReport } from '../../src/report/upgrade.ts'
import { report } from './sample-report.ts'

/** A report of Brownout 0.1.0, as its gate wrote it. */
const version1 = JSON.parse(
  readFileSync(new URL('fixtures/report.v1.json', import.meta.url), 'utf8'),
) as typeof sample & { version: unknown }
const sample = report()

const failure = (json: unknown) => {
  try {
    upgradeReport(json, 'old/report.json')
  } catch (error) {
    return error as BrownoutError
  }
  throw new Error('it was read')
}

test('a report of today is itself', () => {
  expect(upgradeReport(JSON.parse(JSON.stringify(sample)))).toEqual(sample)
})

test('a report of version 1 is read: nothing is lost, what it did not know is empty', () => {
  const read = upgradeReport(version1)
  const { decision, ...rest } = version1
  expect(read).toMatchObject({ ...rest, version: 2 })
  expect(read.decision?.reasons.map(({ text }) => text)).toEqual(decision?.reasons)
  expect(read.coverage).toEqual({ proven: 0, declared: 0, undeclared: 0, cells: [] })
  expect(read.decision).toMatchObject({ exitCode: 1, waived: [], warnings: [] })
  expect(renderTerminal(read)).toContain("DON'T SHIP · exit 1")
})

test('a report of a newer version is refused by one clear error', () => {
  const error = failure({ ...sample, version: 3, scenarios: 'of a shape nobody knows yet' })
  expect(error).toMatchObject({ code: 'REPORT_TOO_NEW', exitCode: 2, problems: [] })
  expect(error.message).toBe(
    'Failed to read the report "old/report.json": a newer Brownout made it (version 3, known: 1 to 2).',
  )
})

test('what is no report is refused with all that is wrong and where', () => {
  const scenarios = version1.scenarios.map((scenario) => ({ ...scenario, word: 'fine' }))
  const error = failure({ ...version1, scenarios, run: { ...version1.run, seed: 'seven' } })
  expect(error).toMatchObject({ code: 'NO_REPORT', exitCode: 2 })
  expect(error.problems.map(({ file, path }) => [file, path.join('.')])).toEqual([
    ['old/report.json', 'run.seed'],
    ['old/report.json', 'scenarios.0.word'],
  ])
})

test.for([null, 'text', 7, [], {}, { format: 'brownout-run', version: 1 }, { format: 'brownout-report', version: 1 }])(
  '%j is no report',
  (json) => {
    expect(failure(json)).toMatchObject({ code: 'NO_REPORT', exitCode: 2 })
    expect(failure(json).problems.length).toBeGreaterThan(0)
  },
)
