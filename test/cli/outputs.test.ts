import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, runFolder, tiny } from './brownout.ts'

const repository = join(import.meta.dirname, '../..')

/** Where the broken promise is written. */
const file = 'test/fixtures/tiny/scenarios/back-refused.scenario.ts'
const line =
  readFileSync(join(repository, file), 'utf8')
    .split('\n')
    .findIndex((text) => text.includes("share('reduced')")) + 1

test(
  'a gate in a GitHub workflow leaves three reports, annotations and a summary; report prints any of them',
  { timeout: 60_000 },
  async () => {
    await using home = await temporaryFolder()
    const summary = join(home.path, 'summary.md')
    const gate = brownout(
      ['gate', '--config', tiny, '--home', home.path, '--only', 'back-refused', '--variant', 'front.needs-back'],
      { env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: repository, GITHUB_STEP_SUMMARY: summary } },
    )
    expect((await gate.exited).code, gate.output()).toBe(1)
    const folder = runFolder(home.path)
    const stored = (name: string) => readFileSync(join(folder, name), 'utf8')
    for (const name of ['report.json', 'junit.xml', 'report.md'])
      expect(gate.output()).toMatch(new RegExp(`^report: .*/${name}$`, 'm'))
    expect(gate.output()).toContain(
      `::error file=${file},line=${line},title=back-refused%3A during%3A share of reduced`,
    )
    expect(stored('junit.xml')).toContain('<failure type="broken"')
    expect(readFileSync(summary, 'utf8')).toBe(stored('report.md'))

    const formats = { json: 'report.json', junit: 'junit.xml', markdown: 'report.md' }
    for (const [format, name] of Object.entries(formats)) {
      const before = stored(name)
      const again = brownout(['report', folder, '--format', format])
      expect((await again.exited).code).toBe(1)
      expect(again.output()).toBe(before)
      expect(stored(name)).toBe(before)
    }

    const quiet = brownout(['report', folder, '--quiet'])
    await quiet.exited
    expect(quiet.output()).toMatch(/^back-refused: [^]*DON'T SHIP · exit 1 .*\n {2}back-refused: during: .*\n$/)
    expect((await brownout(['report', folder, '--format', 'pdf']).exited).code).toBe(2)
  },
)
