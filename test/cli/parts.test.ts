import { existsSync, readdirSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout } from './brownout.ts'

/** `brownout parts` where only Node and the scripts of `tools` are on the PATH. */
async function parts(folder: string, tools: Record<string, string>, args: string[] = [], env = {}) {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  for (const [name, script] of Object.entries(tools))
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  for (const name of ['sleep', 'chmod']) await symlink(`/bin/${name}`, join(bin, name))
  const own = { PATH: bin, BROWNOUT_PARTS: join(folder, 'parts'), BROWNOUT_K6: '', BROWNOUT_TOXIPROXY: '' }
  return brownout(['parts', ...args], { env: { BROWNOUT_REDIS: '', ...own, ...env } })
}

const k6 = 'echo "k6 v2.2.0 (go1.26.8, linux/amd64)"'
const toxiproxy = 'echo "toxiproxy-server version 2.12.0"'
const redis = 'echo "Redis server v=7.0.15 sha=0"'

/** Stands for `go build -mod=mod … -o NAME PACKAGE`. */
const go = `for word in "$@"; do [ "$before" = -o ] && out=$word; before=$word; done
if [ "$out" = k6 ]; then says='${k6}'; else says='${toxiproxy}'; fi
printf '#!/bin/sh\\n%s\\n' "$says" > $out; chmod +x $out`

const entriesOf = (path: string) => (existsSync(path) ? readdirSync(path).length : 0)

test('what is there is told, and nothing is built', async () => {
  await using folder = await temporaryFolder()
  const tools = { k6, 'toxiproxy-server': toxiproxy, 'redis-server': redis }
  const running = await parts(folder.path, tools)
  expect((await running.exited).code).toBe(0)
  const bin = join(folder.path, 'bin')
  expect(running.output().split('\n')).toEqual([
    `k6 2.2.0 is there: ${bin}/k6 (PATH)`,
    `toxiproxy-server 2.12.0 is there: ${bin}/toxiproxy-server (PATH)`,
    `redis-server 7.0.15 is there: ${bin}/redis-server (PATH)`,
    '',
  ])
})

test('what is missing is built, once; a k6 of another generation is said and passed over', async () => {
  await using folder = await temporaryFolder()
  const tools = { go, k6: 'echo "k6 v1.8.1 (go1.26.8, linux/amd64)"', 'redis-server': redis }
  const running = await parts(folder.path, tools)
  expect([await running.exited, running.output()]).toMatchObject([{ code: 0 }, expect.anything()])
  expect(running.output()).toContain('k6 1.8.1 will not do; needed is 2.2 or newer, below 3')
  expect(running.output()).toMatch(/^k6 2\.2\.0 was built in .*: .*\/parts\/k6$/m)
  expect(readdirSync(join(folder.path, 'parts')).toSorted()).toEqual(['k6', 'toxiproxy-server'])
  const again = brownout(['parts'], {
    env: { PATH: join(folder.path, 'bin'), BROWNOUT_PARTS: join(folder.path, 'parts') },
  })
  expect((await again.exited).code).toBe(0)
  expect(again.output()).toMatch(/^k6 2\.2\.0 is there: .*\/parts\/k6 \(parts folder\)$/m)
})

test('what cannot be had is exit code 6 with what to do; the others are seen to all the same', async () => {
  await using folder = await temporaryFolder()
  const running = await parts(folder.path, { 'apt-get': '', 'toxiproxy-server': toxiproxy })
  expect((await running.exited).code).toBe(6)
  expect(running.output()).toContain('Failed to build "k6 2.2.0": there is no Go on the PATH.\nHint: Install Go 1.25')
  expect(running.output()).toContain('toxiproxy-server 2.12.0 is there')
  expect(running.output()).toMatch(/redis-server is not on this machine\.\nHint: (sudo )?apt-get install redis-server/)
})

test('nothing is built in place of what a variable names', async () => {
  await using folder = await temporaryFolder()
  const running = await parts(folder.path, { go }, ['--only', 'k6'], { BROWNOUT_K6: '/nowhere/k6' })
  expect((await running.exited).code).toBe(6)
  expect(running.output()).toMatch(/"\/nowhere\/k6" \(BROWNOUT_K6\).*\nHint: unset BROWNOUT_K6/)
})

test('an unknown part is bad usage, and the known ones are named', async () => {
  await using folder = await temporaryFolder()
  const running = await parts(folder.path, {}, ['--only', 'k7'])
  expect((await running.exited).code).toBe(2)
  expect(running.output()).toContain('k6, toxiproxy-server, redis-server')
})

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a build, and nothing of it is left', async ([signal, code]) => {
  await using folder = await temporaryFolder()
  const running = await parts(folder.path, { go: 'sleep 60', 'redis-server': redis })
  await running.saw('building k6')
  await expect.poll(() => entriesOf(join(folder.path, 'parts'))).toBe(1)
  process.kill(running.pid, signal)
  expect((await running.exited).code).toBe(code)
  expect(running.output()).not.toContain('building toxiproxy')
  expect(readdirSync(join(folder.path, 'parts'))).toEqual([])
})
