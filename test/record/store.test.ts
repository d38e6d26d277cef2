import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRun, readRun, RunStore } from '../../src/record/store.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test.for([
  { what: 'is not there', text: null, says: 'ENOENT' },
  { what: 'was cut short', text: '{"format":"brownout-run"', says: 'JSON' },
  { what: 'is something else', text: '{"format":"tar"}', says: 'not the record of a run' },
  { what: 'is nothing', text: 'null', says: 'not the record of a run' },
  { what: 'is a list', text: '[]', says: 'not the record of a run' },
  {
    what: 'holds nothing',
    text: '{"format":"brownout-run","version":2}',
    says: 'it is not whole: id',
  },
  {
    what: 'holds nothing of version 1',
    text: '{"format":"brownout-run","version":1}',
    says: 'it is not whole: id',
  },
  {
    what: 'is of a newer version',
    text: '{"format":"brownout-run","version":3}',
    says: 'newer Brownout (record version 3, known: 1 and 2)',
  },
])('a record that $what is refused, exit 2', async ({ text, says }) => {
  await using folder = await temporaryFolder()
  if (text !== null) writeFileSync(join(folder.path, 'run.json'), text)
  expect(() => readRun(folder.path)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringContaining(says) as unknown }),
  )
})

test('a record of which a part is of another kind is refused with its place, exit 2', async () => {
  await using folder = await temporaryFolder()
  const sound = readFileSync(join(import.meta.dirname, 'fixtures/version-1/run.json'), 'utf8')
  const [scenario] = (JSON.parse(sound) as { scenarios: object[] }).scenarios
  for (const [change, place] of [
    [{ scenarios: [{ ...scenario, promises: null }] }, 'scenarios.0.promises'],
    [{ scenarios: [{ ...scenario, faults: [null] }] }, 'scenarios.0.faults.0'],
    [{ system: { name: 'tiny', instances: [] } }, 'system.edges'],
    [{ endedBy: { code: 'X', message: 'x', exitCode: 'none' } }, 'endedBy.exitCode'],
    [{ faultsLeft: 'none' }, 'faultsLeft'],
  ] as const) {
    writeFileSync(join(folder.path, 'run.json'), JSON.stringify({ ...JSON.parse(sound), ...change }))
    expect(() => readRun(folder.path)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(`not whole: ${place}`) as unknown }),
    )
  }
})

test('a run is found by id, by folder, or as the latest: never one that was renamed, nor what is none', async () => {
  await using folder = await temporaryFolder()
  const [older, newer, empty] = ['20260101-120000-aaaa', '20260102-120000-bbbb', '20260103-120000-cccc'] as const
  for (const name of [older, newer, empty, 'the-good-one']) mkdirSync(join(folder.path, name))
  for (const name of [older, newer, 'the-good-one']) writeFileSync(join(folder.path, name, 'run.json'), '{}')
  writeFileSync(join(folder.path, 'z'), '')
  expect(findRun(folder.path, 'latest')).toBe(join(folder.path, newer))
  expect(findRun(folder.path, older)).toBe(join(folder.path, older))
  expect(findRun(folder.path, './somewhere')).toBe('./somewhere')
  expect(() => findRun(join(folder.path, 'none'), 'latest')).toThrow(/holds none/)
})

test('a folder that cannot be made or written is named, exit 2', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  const refused = expect.objectContaining({ exitCode: 2, code: 'UNWRITABLE' }) as Error
  expect(() => new RunStore(join(file, 'run'))).toThrow(refused)
  const store = new RunStore(join(folder.path, 'run'))
  expect(() => store.write('no/such/folder.json', '')).toThrow(refused)
})

test.runIf(process.platform === 'linux')(
  'a disk that becomes full is no bad usage, and what was saved stays',
  async () => {
    await using folder = await temporaryFolder()
    const store = new RunStore(folder.path)
    store.write('run.json', 'first')
    symlinkSync('/dev/full', join(folder.path, 'run.json.part'))
    expect(() => store.write('run.json', 'second')).toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringContaining('ENOSPC') as string }),
    )
    expect(readFileSync(join(folder.path, 'run.json'), 'utf8')).toBe('first')
    expect(readdirSync(folder.path)).not.toContain('run.json.part')
  },
)
