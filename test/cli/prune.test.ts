import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { markLive } from '../../src/record/live.ts'
import { busyFolder } from '../busy-folder.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout } from './brownout.ts'

const ids = [1, 2, 3].map((day) => `2026110${day}-120000-abc${day}`)

async function prune(home: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const running = brownout(['prune', '--home', home, ...args])
  const { code } = await running.exited
  return { code, output: running.output() }
}

test('prune tells what goes and how much space that is, spares what lives, and does so only when meant', async () => {
  await using home = await temporaryFolder()
  const runs = join(home.path, 'runs')
  for (const id of ids) {
    mkdirSync(join(runs, id), { recursive: true })
    writeFileSync(join(runs, id, 'run.json'), 'x'.repeat(1_500_000))
  }
  const live = markLive(join(runs, ids[0] as string))

  expect(await prune(home.path)).toEqual({ code: 0, output: 'nothing to remove\n' })
  expect(await prune(home.path, '--keep', '1', '--dry-run')).toEqual({
    code: 0,
    output: `would remove one folder, 1.5 MB\n  runs/${ids[1]}  1.5 MB\n`,
  })
  expect(readdirSync(runs)).toEqual(ids)
  expect((await prune(home.path, '--keep', '1')).output).toBe(`removed one folder, 1.5 MB\n  runs/${ids[1]}  1.5 MB\n`)
  expect(readdirSync(runs)).toEqual([ids[0], ids[2]])
  live[Symbol.dispose]()
  expect((await prune(home.path, '--keep', '0')).output).toContain('removed 2 folders, 3.0 MB')
  expect(readdirSync(runs)).toEqual([])
})

test('prune says what it could not remove after what it did, exit 2', async (ctx) => {
  await using home = await temporaryFolder()
  const runs = join(home.path, 'runs')
  for (const id of ids) {
    mkdirSync(join(runs, id, 'held'), { recursive: true })
    writeFileSync(join(runs, id, 'run.json'), '{}')
  }
  using _busy = busyFolder(ctx, join(runs, ids[0] as string, 'held'))
  const { code, output } = await prune(home.path, '--keep', '1')
  expect(code, output).toBe(2)
  expect(output).toMatch(/^removed one folder, 2 B\n.*\nFailed to remove ".*": .*busy.*\nHint: /)
})

test.for([
  { args: ['prune', '--keep', 'some'], says: 'a whole number, 0 or more' },
  { args: ['gate', '--keep', '0'], says: 'a whole number, 1 or more' },
  { args: ['gate', '--repeat', '1.5'], says: 'a whole number, 1 or more' },
])('bad usage: $args, exit 2', async ({ args, says }) => {
  const running = brownout(args)
  expect((await running.exited).code, running.output()).toBe(2)
  expect(running.output()).toContain(says)
})
