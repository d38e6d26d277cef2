import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify } from '../../src/core/process-identity.ts'
import { markLive } from '../../src/record/live.ts'
import { type Pruned, pruneHome } from '../../src/record/prune.ts'
import { busyFolder } from '../busy-folder.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const ids = [1, 2, 3, 4].map((day) => `2026110${day}-120000-abc${day}`)

/** A home of four runs and two systems that were up. */
function fill(home: string): void {
  for (const id of ids) {
    mkdirSync(join(home, 'runs', id, 'baseline'), { recursive: true })
    writeFileSync(join(home, 'runs', id, 'run.json'), '{}')
    writeFileSync(join(home, 'runs', id, 'baseline', 'samples.bin'), '12345678')
  }
  for (const id of ids.slice(0, 2)) mkdirSync(join(home, 'up', id, 'logs'), { recursive: true })
}

/** What was removed; nothing failed. */
function prunedOf(home: string, options: Parameters<typeof pruneHome>[1]): Pruned[] {
  const { pruned, failures } = pruneHome(home, options)
  expect(failures).toEqual([])
  return pruned
}

const names = (pruned: { folder: string }[], home: string) => pruned.map(({ folder }) => folder.slice(home.length + 1))

test('all but the newest are removed, of runs and of systems that were up', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  const pruned = prunedOf(home.path, { keep: 1 })
  expect(names(pruned, home.path)).toEqual([...ids.slice(0, 3).map((id) => `runs/${id}`), `up/${ids[0]}`])
  expect(pruned.map(({ bytes }) => bytes)).toEqual([10, 10, 10, 0])
  expect(readdirSync(join(home.path, 'runs'))).toEqual(ids.slice(3))
  expect(readdirSync(join(home.path, 'up'))).toEqual(ids.slice(1, 2))
  expect(prunedOf(home.path, { keep: 1 })).toEqual([])
})

test('a dry run says the same and removes nothing; a home that is not there has nothing', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  expect(prunedOf(home.path, { keep: 3, dryRun: true })).toHaveLength(1)
  expect(readdirSync(join(home.path, 'runs'))).toEqual(ids)
  expect(prunedOf(join(home.path, 'none'), { keep: 1 })).toEqual([])
})

test('a run that lives stays, one whose runner died goes', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  const [first, second, third] = ids as [string, string, string]
  const folderOf = (id: string) => join(home.path, 'runs', id)
  const live = markLive(folderOf(first))
  writeFileSync(join(folderOf(second), 'live'), JSON.stringify({ ...identify(process.pid), startTicks: '1' }))
  // It is being written, or cannot be read: nobody can tell.
  writeFileSync(join(folderOf(third), 'live'), '')
  expect(names(prunedOf(home.path, { keep: 0 }), home.path)).toEqual([
    `runs/${second}`,
    `runs/${ids[3]}`,
    ...ids.slice(0, 2).map((id) => `up/${id}`),
  ])
  expect(readdirSync(join(home.path, 'runs'))).toEqual([first, third])
  live[Symbol.dispose]()
  live[Symbol.dispose]()
  expect(names(prunedOf(home.path, { keep: 0 }), home.path)).toEqual([`runs/${first}`])
})

test('a run is marked before it has anything to lose, and where it cannot be that is bad usage', async () => {
  await using home = await temporaryFolder()
  const folder = join(home.path, 'runs', ids[0] as string)
  markLive(folder)
  expect(readdirSync(folder)).toEqual(['live'])
  writeFileSync(join(home.path, 'file'), '')
  expect(() => markLive(join(home.path, 'file', 'run'))).toThrow(
    expect.objectContaining({ code: 'UNWRITABLE', exitCode: 2 }),
  )
})

test('spared runs stay, however old', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  prunedOf(home.path, { keep: 1, spare: ids.slice(1, 3) })
  expect(readdirSync(join(home.path, 'runs'))).toEqual(ids.slice(1))
})

test('a folder that cannot be removed keeps no other: all are tried, and what failed is told', async (ctx) => {
  await using home = await temporaryFolder()
  fill(home.path)
  const held = join(home.path, 'runs', ids[1] as string)
  using _busy = busyFolder(ctx, join(held, 'baseline'))
  const { pruned, failures } = pruneHome(home.path, { keep: 1 })
  expect(names(pruned, home.path)).toEqual([`runs/${ids[0]}`, `runs/${ids[2]}`, `up/${ids[0]}`])
  expect(failures).toEqual([expect.stringMatching(`^Failed to remove "${held}": .*busy`)])
})

test('what is not plainly a run stays: another name, no record, a file, a link', async () => {
  await using home = await temporaryFolder()
  await using elsewhere = await temporaryFolder()
  const runs = join(home.path, 'runs')
  mkdirSync(join(runs, 'the-good-one'), { recursive: true })
  writeFileSync(join(runs, 'the-good-one', 'run.json'), '{}')
  mkdirSync(join(runs, '20261101-120000-abc1'))
  writeFileSync(join(runs, '20261101-120000-abc2'), '')
  writeFileSync(join(elsewhere.path, 'run.json'), '{}')
  symlinkSync(elsewhere.path, join(runs, '20261101-120000-abc3'))
  mkdirSync(join(home.path, 'up', '20261101-120000-abc4'), { recursive: true })
  expect(prunedOf(home.path, { keep: 0 })).toEqual([])
  expect(readdirSync(runs)).toHaveLength(4)
  expect(existsSync(join(elsewhere.path, 'run.json'))).toBe(true)
})

test('a link inside a run is removed and what it leads to is not', async () => {
  await using home = await temporaryFolder()
  await using elsewhere = await temporaryFolder()
  fill(home.path)
  writeFileSync(join(elsewhere.path, 'precious'), 'x'.repeat(1_000))
  symlinkSync(elsewhere.path, join(home.path, 'runs', ids[0] as string, 'data'))
  expect(prunedOf(home.path, { keep: 3 })).toMatchObject([{ bytes: 10 }])
  expect(existsSync(join(elsewhere.path, 'precious'))).toBe(true)
})
