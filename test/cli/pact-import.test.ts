import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pacts, v1, v4 } from '../pact/read/pacts.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout } from './brownout.ts'

async function importIn(cwd: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const running = brownout(['pact', 'import', ...args], { cwd })
  const { code } = await running.exited
  return { code, output: running.output() }
}

/** Files with pacts in them, or with text as it is. */
function put(folder: string, files: Readonly<Record<string, object | string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

test('every file is told with its version, its parties and its size, and written as V4: exit 0', async () => {
  await using home = await temporaryFolder()
  const files = Object.fromEntries(Object.entries(pacts).map(([name, pact]) => [`${name}.json`, pact]))
  put(join(home.path, 'theirs'), { ...files, 'README.md': 'no pact' })
  const { code, output } = await importIn(home.path, 'theirs', 'theirs/v1.json', '--output', 'ours')
  expect(code, output).toBe(0)
  expect(output).toContain('theirs/v1.json  Pact V1  browser → storefront  1 interaction\n  written to ours/v1.json\n')
  expect(output).toContain('theirs/v3Messages.json  Pact V3  browser → storefront  1 message\n')
  expect(output).toContain('theirs/v4.json  Pact V4  browser → storefront  1 interaction, 2 messages\n')
  expect(output).toMatch(/\n\n5 pacts read\n$/)
  expect(readdirSync(join(home.path, 'ours'))).toEqual(Object.keys(files))
  const again = await importIn(home.path, 'ours', '--output', 'twice')
  expect(again.code, again.output).toBe(0)
  for (const name of Object.keys(files))
    expect(readFileSync(join(home.path, 'twice', name), 'utf8')).toBe(
      readFileSync(join(home.path, 'ours', name), 'utf8'),
    )
})

test('what is not carried over is told, what says the same only once: exit 0', async () => {
  await using home = await temporaryFolder()
  const [one] = v1.interactions
  const interactions = ['a', 'b', 'c'].map((description) => ({
    ...one,
    description,
    provider_state: description,
    _id: 7,
  }))
  put(home.path, { 'a.json': { ...v1, interactions } })
  const { code, output } = await importIn(home.path, 'a.json')
  expect(code, output).toBe(0)
  expect(output).toContain(`  to note:
    interactions › 0 › _id: is not carried over: an interaction has no "_id" (and 2 more)
`)
})

test('a file with problems keeps the others from nothing: exit 2', async () => {
  await using home = await temporaryFolder()
  const nameless = { ...v4, consumer: {}, provider: { name: 7 } }
  put(home.path, { 'broken.json': '{\n"a": }', 'nameless.json': nameless, 'good.json': v1 })
  const { code, output } = await importIn(home.path, '.', 'nowhere.json', '-o', 'ours')
  expect(code, output).toBe(2)
  expect(output).toMatch(
    /broken\.json.*\n {2}wrong:\n {4}line 2: is no JSON: a value should stand here, not "}" \(column 6\)/,
  )
  expect(output).toMatch(/nameless\.json.*\n.*to note:\n.*\n {2}wrong:\n {4}provider › name: 7 is no name/)
  expect(output).toMatch(/nowhere\.json\n {2}wrong:\n {4}ENOENT/)
  expect(output).toMatch(/\n\n1 of 4 pacts read\n$/)
  expect(readdirSync(join(home.path, 'ours'))).toEqual(['good.json'])
})

test('where there is nothing to read nothing is fine: exit 2', async () => {
  await using home = await temporaryFolder()
  put(join(home.path, 'empty'), { 'README.md': 'no pact' })
  const { code, output } = await importIn(home.path, 'empty')
  expect(code, output).toBe(2)
  expect(output).toContain('there is no .json file in this folder')
  put(home.path, { 'none.json': { ...v1, interactions: [] } })
  const none = await importIn(home.path, 'none.json')
  expect(none.code, none.output).toBe(2)
  expect(none.output).toContain('it holds no interaction that can be read')
  const bare = await importIn(home.path)
  expect(bare.code, bare.output).toBe(2)
})

test('no file is written over: not what was read, not another of the same name', async () => {
  await using home = await temporaryFolder()
  for (const folder of ['a', 'b']) put(join(home.path, folder), { 'p.json': v1 })
  const before = readFileSync(join(home.path, 'a/p.json'), 'utf8')
  const { code, output } = await importIn(home.path, 'a', 'b', '--output', 'a')
  expect(code, output).toBe(2)
  expect(output).toContain('is not written: a/p.json is among the files that are read')
  expect(readFileSync(join(home.path, 'a/p.json'), 'utf8')).toBe(before)
  symlinkSync('a', join(home.path, 'linked'))
  expect((await importIn(home.path, 'a', '--output', 'linked')).code).toBe(2)
  expect(readFileSync(join(home.path, 'a/p.json'), 'utf8')).toBe(before)
  const both = await importIn(home.path, 'a', 'b', '--output', 'c')
  expect(both.code, both.output).toBe(2)
  expect(both.output).toContain('is not written: c/p.json is a/p.json already')
})

test('--json tells all of it, fit for a terminal', async () => {
  await using home = await temporaryFolder()
  put(home.path, { 'a.json': { ...v1, consumer: { name: 'a\u001b[2J' }, extra: 1 } })
  const { code, output } = await importIn(home.path, 'a.json', '--json')
  expect(code, output).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    format: 'brownout-pact-import',
    version: 1,
    exitCode: 0,
    pacts: [
      {
        file: 'a.json',
        version: '1',
        consumer: 'a',
        provider: 'storefront',
        interactions: 1,
        messages: 0,
        written: null,
        notes: [{ file: 'a.json', path: ['extra'] }],
        problems: [],
      },
    ],
  })
})
