import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, recordOf, runFolder, tiny } from './brownout.ts'

const gate = (home: string, ...more: string[]) =>
  brownout(['gate', '--config', tiny, '--home', home, '--only', 'back-refused', ...more])

test('a gate whose reports cannot be stored does not ship, exit 3', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const running = gate(home.path)
  await running.saw('in force')
  mkdirSync(join(runFolder(home.path), 'report.json', 'in the way'), { recursive: true })
  expect((await running.exited).code, running.output()).toBe(3)
  expect(running.output()).toMatch(/DON'T SHIP · exit 3 [^]*Failed to write\s+".*report\.json"/)
  expect(running.output()).not.toContain('bug')
  expect(recordOf(home.path)).toMatchObject({ endedBy: null })
})

test(
  'what the first of two runs found stands, and is told, when the second cannot be recorded',
  { timeout: 90_000 },
  async () => {
    await using home = await temporaryFolder()
    const running = gate(home.path, '--repeat', '2', '--variant', 'front.needs-back')
    const records = () =>
      (existsSync(join(home.path, 'runs')) ? readdirSync(join(home.path, 'runs')) : [])
        .toSorted()
        .map((id) => join(home.path, 'runs', id, 'run.json'))
        .filter((file) => existsSync(file))
    await expect.poll(records, { timeout: 60_000, interval: 20 }).toHaveLength(2)
    const second = records()[1] as string
    rmSync(second)
    mkdirSync(join(second, 'in the way'), { recursive: true })
    expect((await running.exited).code, running.output()).toBe(1)
    expect(running.output()).toContain('Failed to write')
    expect(running.output()).toMatch(/broken +1\n[^]*no report +3\n/)
    expectNothingLeft(home.path)
  },
)
