import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FaultRecord } from '../../src/fault/record.ts'
import { readResponses, readRun } from '../../src/record/store.ts'
import { type StoredRun, upgradeRun } from '../../src/record/upgrade.ts'
import { judgeRun } from '../../src/verdict/judge.ts'

/** A run of the tiny system as version 1 left it, with the report it was given then. */
const folder = join(import.meta.dirname, 'fixtures/version-1')
const stored = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as never

test('a run of version 1 is read, and judged as it was then', () => {
  const record = readRun(folder)
  expect(record).toMatchObject({ version: 2, policy: {}, whole: false })
  const verdict = judgeRun(record, (scenario) => readResponses(folder, scenario))
  const before = stored('report.json') as { word: string; scenarios: { promises: object[] }[] }
  expect(verdict.word).toBe(before.word)
  expect(verdict.scenarios[0]?.promises).toMatchObject(before.scenarios[0]?.promises ?? [])
  expect(verdict.scenarios[0]?.promises).toHaveLength(4)
})

test('what version 1 did not know is what it meant', () => {
  const old = stored('run.json') as { scenarios: { faults: object[] }[] }
  const [scenario] = upgradeRun(old as unknown as StoredRun).scenarios
  expect(scenario).toMatchObject({ looks: { before: [1_000], during: [2_000], after: [2_000] }, probes: [] })
  expect(scenario?.faults[0]).toMatchObject({
    instances: [],
    felt: [{ consumer: 'front', dependency: 'back', condition: 'unavailable' }],
    steps: [],
  })
  const kill = { ...old.scenarios[0]?.faults[0], instance: 'back', felt: [] }
  const killed = { ...old, scenarios: [{ ...old.scenarios[0], faults: [kill] }] }
  const fault = upgradeRun(killed as unknown as StoredRun).scenarios[0]?.faults[0] as FaultRecord
  expect(fault).toMatchObject({ instances: ['back'], felt: [] })
  expect(fault).not.toHaveProperty('instance')
})

test('a record of today is left as it is', () => {
  const record = readRun(folder)
  expect(upgradeRun(record)).toBe(record)
})
