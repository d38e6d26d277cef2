import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify } from '../../src/core/process-identity.ts'
import { Ledger } from '../../src/fault/ledger.ts'
import { pruneHome } from '../../src/record/prune.ts'
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

const names = (pruned: { folder: string }[], home: string) => pruned.map(({ folder }) => folder.slice(home.length + 1))

test('all but the newest are removed, of runs and of systems that were up', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  const pruned = pruneHome(home.path, { keep: 1 })
  expect(names(pruned, home.path)).toEqual([...ids.slice(0, 3).map((id) => `runs/${id}`), `up/${ids[0]}`])
  expect(pruned.map(({ bytes }) => bytes)).toEqual([10, 10, 10, 0])
  expect(readdirSync(join(home.path, 'runs'))).toEqual(ids.slice(3))
  expect(readdirSync(join(home.path, 'up'))).toEqual(ids.slice(1, 2))
  expect(pruneHome(home.path, { keep: 1 })).toEqual([])
})

test('a dry run says the same and removes nothing; a home that is not there has nothing', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  expect(pruneHome(home.path, { keep: 3, dryRun: true })).toHaveLength(1)
  expect(readdirSync(join(home.path, 'runs'))).toEqual(ids)
  expect(pruneHome(join(home.path, 'none'), { keep: 1 })).toEqual([])
})

test('a run that lives stays, one whose runner died goes', async () => {
  await using home = await temporaryFolder()
  fill(home.path)
  const [first, second, third] = ids as [string, string, string]
  const write = (id: string, pid: number) => {
    const ledger = new Ledger(join(home.path, 'ledgers', `${id}.ledger`))
    ledger.write({
      type: 'run',
      run: id,
      runner: { ...identify(pid), ...(pid === 1 ? { startTicks: 'x' } : {}) },
      at: 0,
    })
  }
  write(first, process.pid)
  write(second, 1)
  writeFileSync(join(home.path, 'ledgers', `${third}.ledger`), '')
  expect(names(pruneHome(home.path, { keep: 0 }), home.path)).toEqual([
    `runs/${second}`,
    `runs/${ids[3]}`,
    `up/${second}`,
  ])
  expect(readdirSync(join(home.path, 'runs'))).toEqual([first, third])
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
  expect(pruneHome(home.path, { keep: 0 })).toEqual([])
  expect(readdirSync(runs)).toHaveLength(4)
  expect(existsSync(join(elsewhere.path, 'run.json'))).toBe(true)
})

test('a link inside a run is removed and what it leads to is not', async () => {
  await using home = await temporaryFolder()
  await using elsewhere = await temporaryFolder()
  fill(home.path)
  writeFileSync(join(elsewhere.path, 'precious'), 'x'.repeat(1_000))
  symlinkSync(elsewhere.path, join(home.path, 'runs', ids[0] as string, 'data'))
  expect(pruneHome(home.path, { keep: 3 })).toMatchObject([{ bytes: 10 }])
  expect(existsSync(join(elsewhere.path, 'precious'))).toBe(true)
})
