import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, gateTiny, recordOf, reportOf, runFolder, tiny } from './brownout.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.v2.schema.json', import.meta.url), 'utf8'),
) as object
const isReport = new Ajv2020().compile(schema)

test('a healthy system ships: every promise kept, exit 0, nothing left', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const { code, output } = await gateTiny(home.path, '--only', 'back')
  expect(output).toContain('SHIP')
  expect(code, output).toBe(0)
  const report = reportOf(home.path)
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  expect(report.scenarios.map(({ name, word }) => [name, word])).toEqual([
    ['back-hangs', 'degraded gracefully'],
    ['back-refused', 'degraded gracefully'],
  ])
  expect(
    report.scenarios
      .flatMap(({ witnesses }) => witnesses)
      .every(({ canary, touched, crossedBefore }) => canary.seen && touched.seen && crossedBefore.seen),
  ).toBe(true)
  const faults = recordOf(home.path).scenarios.flatMap((scenario) => scenario.faults)
  for (const { asked, inForce, undoAsked, undone, verified } of faults) {
    const times = [asked, inForce, undoAsked, undone, verified].map(Number)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(times.every((time) => time > 0)).toBe(true)
  }
  expectNothingLeft(home.path)
})

test(
  'a broken promise is named with its evidence, and a stored run is judged the same again',
  { timeout: 60_000 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateTiny(home.path, '--only', 'back-refused', '--variant', 'front.needs-back')
    expect(code, output).toBe(1)
    expect(output).toMatch(/broken\s+during: share of reduced at least 80 %/)
    expect(output).toContain('down(front → back)')
    expect(output).toMatch(/first\s+GET .*\/page → 500/)
    expect(output).toMatch(/wanted\s/)
    expect(output).toMatch(/front: url: \/page · status: 500/)
    expect(output).toContain(
      `npx brownout gate --config ${tiny} --only back-refused --seed 7 --variant front.needs-back`,
    )

    const first = reportOf(home.path)
    const again = brownout(['report', runFolder(home.path), '--json'])
    expect((await again.exited).code).toBe(1)
    expect(JSON.parse(again.output())).toEqual(first)
  },
)

test('a fault that nobody felt proves nothing: exit 3', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const { code, output } = await gateTiny(home.path, '--only', 'nobody-asks')
  expect(code, output).toBe(3)
  expect(output).toContain('no witness')
  expect(reportOf(home.path).scenarios[0]?.promises.map(({ status }) => status)).toEqual(['undecided'])
})

test('a system that is not well to begin with is not judged: exit 3', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const { code, output } = await gateTiny(home.path, '--only', 'back-refused', '--variant', 'front.always-degraded')
  expect(code, output).toBe(3)
  expect(recordOf(home.path).scenarios[0]?.health?.healthy).toBe(false)
  expectNothingLeft(home.path)
})

test('a system that stays degraded never recovered: exit 1', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const { code, output } = await gateTiny(home.path, '--only', 'back-refused', '--variant', 'front.never-recovers')
  expect(code, output).toBe(1)
  expect(reportOf(home.path).scenarios[0]?.word).toBe('never recovered')
})
