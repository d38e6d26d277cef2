import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { askTool } from '../../src/core/ask-tool.ts'
import { identify, isAlive, type ProcessIdentity } from '../../src/core/process-identity.ts'
import { buildPart } from '../../src/engines/parts/build.ts'
import { goArgsOf, goModOf, recipes } from '../../src/engines/parts/recipes.ts'
import { temporaryFolder } from '../temporary-folder.ts'

afterEach(() => void vi.unstubAllEnvs())

const recipe = recipes['toxiproxy-server']
const neverAborts = () => new AbortController().signal

/** A folder for parts, and a PATH whose `go` is a script. The real tools of the shell stay on it. */
async function withGo(folder: string, script: string): Promise<string> {
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/usr/bin:/bin`)
  return join(folder, 'parts')
}

/** What a script that stands for `go build` does to leave behind a program that says so. */
const makes = (says: string) => `printf '#!/bin/sh\\necho "${says}"\\n' > toxiproxy-server; chmod +x toxiproxy-server`

test('a module that is thrown away requires the one version, and builds its main package', () => {
  expect(goModOf(recipes.k6)).toBe('module parts\n\ngo 1.25\n\nrequire go.k6.io/k6/v2 v2.2.0\n')
  expect(goArgsOf(recipes.k6)).toEqual(['build', '-mod=mod', '-o', 'k6', 'go.k6.io/k6/v2'])
  expect(goArgsOf(recipe)).toContain('github.com/Shopify/toxiproxy/v2/cmd/server')
})

test('the real Toxiproxy is built from its sources, and says which it is', { timeout: 300_000 }, async () => {
  await using folder = await temporaryFolder()
  const file = await buildPart(recipe, { folder: folder.path, signal: neverAborts(), limitMs: 290_000 })
  expect(await askTool(file, ['-version'])).toContain('2.12.0')
  expect(readdirSync(folder.path)).toEqual(['toxiproxy-server'])
})

test('what another version left there is replaced', async () => {
  await using folder = await temporaryFolder()
  const parts = await withGo(folder.path, makes('toxiproxy-server version 2.12.0'))
  await mkdir(parts)
  await writeFile(join(parts, 'toxiproxy-server'), 'older')
  await buildPart(recipe, { folder: parts, signal: neverAborts(), limitMs: 5_000 })
  expect(readFileSync(join(parts, 'toxiproxy-server'), 'utf8')).toContain('2.12.0')
})

test.for([
  ['another version', makes('toxiproxy-server version 2.11.0'), /says that it is version 2\.11\.0/],
  ['what does not run', 'echo half > toxiproxy-server', /Failed to ask .*toxiproxy-server/],
  ['nothing', 'exit 0', /ENOENT/],
  [
    'last words',
    'echo "go: downloading x"; echo "no space left on device" >&2; exit 1',
    /Go could not\.\n {2}\| no space/,
  ],
  ['a signal', 'kill -9 $$', /Go was ended by SIGKILL/],
] as const)('a build that leaves %s is exit code 6, and what was there stays', async ([, script, message]) => {
  await using folder = await temporaryFolder()
  const parts = await withGo(folder.path, script)
  await mkdir(parts)
  await writeFile(join(parts, 'toxiproxy-server'), 'as it was')
  const building = buildPart(recipe, { folder: parts, signal: neverAborts(), limitMs: 5_000 })
  await expect(building).rejects.toMatchObject({ exitCode: 6, message: expect.stringMatching(message) as string })
  expect(readdirSync(parts)).toEqual(['toxiproxy-server'])
  expect(readFileSync(join(parts, 'toxiproxy-server'), 'utf8')).toBe('as it was')
})

test('without Go it is exit code 6, and what to do is said', async () => {
  await using folder = await temporaryFolder()
  vi.stubEnv('PATH', folder.path)
  const building = buildPart(recipe, { folder: join(folder.path, 'parts'), signal: neverAborts(), limitMs: 5_000 })
  await expect(building).rejects.toMatchObject({
    exitCode: 6,
    message: 'Failed to build "toxiproxy-server 2.12.0": there is no Go on the PATH.',
    hint: expect.stringContaining('export BROWNOUT_TOXIPROXY=') as string,
  })
  expect(existsSync(join(folder.path, 'parts'))).toBe(false)
})

test('where the sources cannot be had it is exit code 6, with the last words of Go', { timeout: 60_000 }, async () => {
  await using folder = await temporaryFolder()
  vi.stubEnv('GOPROXY', 'off')
  vi.stubEnv('GOMODCACHE', join(folder.path, 'modules'))
  const building = buildPart(recipe, { folder: join(folder.path, 'parts'), signal: neverAborts(), limitMs: 50_000 })
  await expect(building).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringMatching(/Go could not\.\n {2}\| .*module lookup disabled by GOPROXY=off/) as string,
    hint: expect.stringContaining('GOPROXY') as string,
  })
})

/** What a fake Go says of itself before it does nothing for a minute, in a process of its own too. */
const lasts = 'sleep 60 & echo $$ $! > "$PIDS"; wait'

async function pidsIn(file: string): Promise<ProcessIdentity[]> {
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')).toBe(true)
  return readFileSync(file, 'utf8')
    .trim()
    .split(' ')
    .map((pid) => identify(Number(pid)))
}

test('a build that takes too long is ended, with all that it started', async () => {
  await using folder = await temporaryFolder()
  const parts = await withGo(folder.path, lasts)
  vi.stubEnv('PIDS', join(folder.path, 'pids'))
  const building = buildPart(recipe, { folder: parts, signal: neverAborts(), limitMs: 500 })
  await expect(building).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringContaining('it was not done in 500 ms') as string,
  })
  const pids = await pidsIn(join(folder.path, 'pids'))
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
  expect(readdirSync(parts)).toEqual([])
})

test('a build that is given up leaves nothing behind', async () => {
  await using folder = await temporaryFolder()
  const parts = await withGo(folder.path, lasts)
  vi.stubEnv('PIDS', join(folder.path, 'pids'))
  const abort = new AbortController()
  const building = buildPart(recipe, { folder: parts, signal: abort.signal, limitMs: 60_000 }).catch(() => 'given up')
  const pids = await pidsIn(join(folder.path, 'pids'))
  abort.abort()
  expect(await building).toBe('given up')
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
  expect(readdirSync(parts)).toEqual([])
})

test('what a killed build left behind is removed by the next, that of a build that goes on is not', async () => {
  await using folder = await temporaryFolder()
  const parts = await withGo(folder.path, makes('toxiproxy-server version 2.12.0'))
  const ofOther = `.building-${process.ppid}-b`
  for (const name of ['.building-999999999-a', ofOther]) await mkdir(join(parts, name), { recursive: true })
  await buildPart(recipe, { folder: parts, signal: neverAborts(), limitMs: 5_000 })
  expect(readdirSync(parts).toSorted()).toEqual([ofOther, 'toxiproxy-server'])
})

test('a folder that takes nothing is bad usage, and another is named', async () => {
  await using folder = await temporaryFolder()
  await withGo(folder.path, 'exit 0')
  const taken = join(folder.path, 'file')
  await writeFile(taken, '')
  const building = buildPart(recipe, { folder: taken, signal: neverAborts(), limitMs: 5_000 })
  await expect(building).rejects.toMatchObject({
    exitCode: 2,
    hint: expect.stringContaining('BROWNOUT_PARTS') as string,
  })
})
