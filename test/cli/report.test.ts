import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellGitHub } from '../../src/cli/github.ts'
import type { Report } from '../../src/report/report.ts'
import { report as sampleReport } from '../report/sample-report.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout } from './brownout.ts'

/** A stored run that was copied here without those beside it. */
function copyTo(folder: string): { run: string; stored(): Report } {
  const run = join(folder, 'run')
  cpSync(join(import.meta.dirname, '../record/fixtures/version-1'), run, { recursive: true })
  return { run, stored: () => JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')) as Report }
}

test('what was known of earlier runs is kept, wherever a run is judged again', async () => {
  await using folder = await temporaryFolder()
  const { run, stored } = copyTo(folder.path)
  await brownout(['report', run]).exited
  const first = stored()
  const earlier = { run: '20260101-120000-abcd', at: 1, proven: 2, declared: 3, undeclared: 4 }
  const told = { ...first, coverageOverTime: [earlier, ...first.coverageOverTime] }
  writeFileSync(join(run, 'report.json'), JSON.stringify(told))
  for (let time = 0; time < 2; time++) {
    await brownout(['report', run]).exited
    expect(stored().coverageOverTime).toEqual([earlier, ...first.coverageOverTime])
  }
})

test('only a gate tells GitHub: a run that is judged again was told of', async () => {
  await using folder = await temporaryFolder()
  const { run } = copyTo(folder.path)
  const summary = join(folder.path, 'summary.md')
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
  const again = brownout(['report', run], { env })
  await again.exited
  expect(again.output()).not.toMatch(/^::/m)
  expect(existsSync(summary)).toBe(false)
})

test('outside of a GitHub workflow nothing is told to it, whatever else it left in the environment', async () => {
  await using folder = await temporaryFolder()
  const summary = join(folder.path, 'summary.md')
  tellGitHub(sampleReport(), { GITHUB_STEP_SUMMARY: summary })
  expect(existsSync(summary)).toBe(false)
})
