import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { askVersion, findPart, partsFolder, whyUnfit } from '../../src/core/parts.ts'
import { temporaryFolder } from '../temporary-folder.ts'

afterEach(() => void vi.unstubAllEnvs())

/** A folder with an executable `name` that prints `says`. */
async function tool(folder: string, name: string, says: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, name)
  await writeFile(file, `#!/bin/sh\n${says}\n`, { mode: 0o755 })
  return file
}

test('a part is what its variable names, else what was built, else what is on the PATH', async () => {
  await using folder = await temporaryFolder()
  const built = await tool(join(folder.path, 'built'), 'k6', '')
  const onPath = await tool(join(folder.path, 'bin'), 'k6', '')
  vi.stubEnv('BROWNOUT_K6', '')
  vi.stubEnv('BROWNOUT_PARTS', join(folder.path, 'nothing'))
  vi.stubEnv('PATH', '')
  expect(findPart('k6')).toBeNull()
  vi.stubEnv('PATH', join(folder.path, 'bin'))
  expect(findPart('k6')).toEqual({ file: onPath, from: 'PATH' })
  vi.stubEnv('BROWNOUT_PARTS', join(folder.path, 'built'))
  expect(findPart('k6')).toEqual({ file: built, from: 'parts folder' })
  vi.stubEnv('BROWNOUT_K6', '/nowhere/k6')
  expect(findPart('k6')).toEqual({ file: '/nowhere/k6', from: 'BROWNOUT_K6' })
})

test("the parts folder is in Brownout's own package", () => {
  vi.stubEnv('BROWNOUT_PARTS', '')
  expect(partsFolder()).toBe(join(import.meta.dirname, '../../.parts'))
})

test.for([
  ['k6', 'echo "k6 v2.2.0 (go1.26.8, linux/amd64)"', '2.2.0'],
  ['k6', 'echo "k6 v1.8.1 (commit/devel, go1.26.8, linux/amd64)"', '1.8.1'],
  ['toxiproxy-server', 'echo "toxiproxy-server version 2.12.0"', '2.12.0'],
  ['redis-server', 'echo "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0"', '7.0.15'],
] as const)('%s that says %s is version %s', async ([name, says, version]) => {
  await using folder = await temporaryFolder()
  const file = await tool(folder.path, name, says)
  expect(await askVersion(name, { file, from: 'PATH' })).toBe(version)
})

test.for([
  [
    'echo "k6 is another tool"',
    /^Failed to ask ".*k6" \(PATH\) for its version: it answers "k6 is another tool", which/,
  ],
  ['echo "no such luck" >&2; exit 3', /no such luck/],
] as const)('what is no k6 (%s) is exit code 6', async ([says, message]) => {
  await using folder = await temporaryFolder()
  const file = await tool(folder.path, 'k6', says)
  const asked = askVersion('k6', { file, from: 'PATH' })
  await expect(asked).rejects.toMatchObject({ exitCode: 6, message: expect.stringMatching(message) as string })
})

test('a file that is not there is exit code 6, by the name of the variable', async () => {
  const asked = askVersion('k6', { file: '/nowhere/k6', from: 'BROWNOUT_K6' })
  await expect(asked).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringMatching(/"\/nowhere\/k6" \(BROWNOUT_K6\).*ENOENT/) as string,
  })
})

test.for([
  ['k6', '2.2.0', null],
  ['k6', '2.10.1', null],
  ['k6', '2.1.9', 'k6 2.1.9 will not do; needed is 2.2 or newer, below 3'],
  ['k6', '1.8.1', 'k6 1.8.1 will not do; needed is 2.2 or newer, below 3'],
  ['k6', '3.0.0', 'k6 3.0.0 will not do; needed is 2.2 or newer, below 3'],
  ['toxiproxy-server', '2.12.0', null],
  ['toxiproxy-server', '2.5.0', 'toxiproxy-server 2.5.0 will not do; needed is 2.12 or newer, below 3'],
  ['toxiproxy-server', 'git', null],
  ['redis-server', '5.0.0', null],
] as const)('%s %s will do, or why not: %s', ([name, version, why]) => {
  expect(whyUnfit(name, version)).toBe(why)
})
