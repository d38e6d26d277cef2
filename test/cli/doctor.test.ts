import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePorts } from '../../src/core/ports.ts'
import { widthOf } from '../../src/report/width.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { doctor, examined } from './examined.ts'

test('a ledger that cannot be read may hold a fault: exit 5, with --fix, too', async () => {
  await using home = await temporaryFolder()
  mkdirSync(join(home.path, 'ledgers', 'strange.ledger'), { recursive: true })
  for (const args of [[], ['--fix']]) {
    const { code, output } = await doctor(home.path, args)
    expect(code, output).toBe(5)
    expect(output).toMatch(/unreadable ledger.*strange\.ledger/s)
    expect(output).toContain('rm -r')
  }
  expect(existsSync(join(home.path, 'ledgers', 'strange.ledger'))).toBe(true)
})

test('a file that was left is in nobody’s way: exit 0, and --fix removes it', async () => {
  await using home = await temporaryFolder()
  const mark = join(home.path, 'runs', '20261121-120000-abcd', 'live')
  mkdirSync(join(mark, '..'), { recursive: true })
  writeFileSync(mark, '{"pid":4194305,"startTicks":"1"}')
  const found = await doctor(home.path)
  expect(found.code, found.output).toBe(0)
  expect(found.output).toContain('says that the run lives; process 4194305 is gone')
  expect((await doctor(home.path, ['--fix'])).code).toBe(0)
  expect(existsSync(mark)).toBe(false)
})

test('without any part: embedded can be used, exit 0; who insists on local is told what to do, exit 6', async () => {
  await using home = await temporaryFolder()
  const nothing = {
    PATH: '',
    BROWNOUT_PARTS: join(home.path, 'none'),
    BROWNOUT_K6: '',
    BROWNOUT_TOXIPROXY: '',
    BROWNOUT_REDIS: '',
  }
  const { parts, engines, exitCode } = await examined(home.path, [], nothing)
  expect(exitCode).toBe(0)
  expect(parts.map(({ name, found, trouble }) => [name, found?.file ?? null, trouble !== null])).toEqual([
    ['node', process.execPath, false],
    ['k6', null, true],
    ['toxiproxy-server', null, true],
    ['redis-server', null, true],
    ['go', null, true],
  ])
  expect(engines).toMatchObject([
    { name: 'embedded', lacks: [], notes: [expect.stringContaining('a stand-in of Brownout takes its place')] },
    {
      name: 'local',
      lacks: [
        { part: 'toxiproxy-server', mend: 'npx brownout parts' },
        { part: 'k6', mend: 'npx brownout parts' },
        { part: 'redis-server', mend: expect.stringContaining('install redis') },
      ],
    },
  ])
  expect((await doctor(home.path, ['--engines', 'embedded'], nothing)).code).toBe(0)
  const insisted = await doctor(home.path, ['--engines', 'local'], nothing)
  expect(insisted.code, insisted.output).toBe(6)
  expect(insisted.output).toMatch(/local +cannot be used: toxiproxy-server, k6, redis-server\n +npx brownout parts/)
  expect(existsSync(join(home.path, 'none'))).toBe(false)
})

const k6s = [
  {
    is: 'of version 1',
    script: 'echo "k6 v1.3.0 (go1.24, linux/amd64)"',
    version: '1.3.0',
    says: 'k6 1.3.0 will not do',
  },
  { is: 'one that hangs', script: 'sleep 60', version: null, says: 'did not answer in 5000 ms' },
  { is: 'one that crashes', script: 'echo "bad CPU" >&2; kill -SEGV $$', version: null, says: 'SIGSEGV: bad CPU' },
  { is: 'something else', script: 'printf "\\033[31mhello\\033[0m\\007 there\\r\\n"', version: null, says: 'is no k6' },
  { is: 'one that goes on and on', script: 'exec yes', version: null, says: 'did not answer in 5000 ms' },
]

test.for(k6s)(
  'a k6 that is $is: local cannot be used, and why',
  { timeout: 60_000 },
  async ({ script, version, says }) => {
    await using home = await temporaryFolder()
    const file = join(home.path, 'my-k6')
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    const checkup = await examined(home.path, ['--engines', 'local'], { BROWNOUT_K6: file })
    expect(checkup.exitCode).toBe(6)
    const found = { file, from: 'BROWNOUT_K6' }
    const k6 = { version, found, trouble: expect.stringContaining(says), mend: expect.stringContaining('BROWNOUT_K6') }
    expect(checkup.parts.find(({ name }) => name === 'k6')).toMatchObject(k6)
    expect(checkup.engines.map(({ lacks }) => lacks.map(({ part }) => part))).toEqual([[], ['k6']])
  },
)

test('what tools say is fit for a terminal, and no line is wider than 80 columns', async () => {
  await using home = await temporaryFolder()
  const file = join(home.path, 'redis')
  writeFileSync(file, `#!/bin/sh\nprintf '\\033[2J%0300d\\n::error::no\\n' 7\n`, { mode: 0o755 })
  const { output, code } = await doctor(home.path, [], { BROWNOUT_REDIS: file, GITHUB_ACTIONS: 'true' })
  expect(code, output).toBe(0)
  expect(output.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
  // eslint-disable-next-line no-control-regex
  expect(output).not.toMatch(/\u001b|^::/m)
  expect(output).toMatch(/embedded +can be used\n.*is no redis-server/s)
})

test('a build of a part that was cut short is told and removed, one that goes on stays', async () => {
  await using home = await temporaryFolder()
  const [dead, going] = [join(home.path, '.building-999999999-a'), join(home.path, `.building-${process.pid}-b`)]
  for (const folder of [dead, going]) mkdirSync(join(folder, 'src'), { recursive: true })
  const env = { BROWNOUT_PARTS: home.path }
  const remnant = { kind: 'file', run: null, what: dead, seen: 'a build of a part that was cut short' }
  expect(await examined(home.path, [], env)).toMatchObject({ exitCode: 0, left: [remnant], removed: null })
  expect(await examined(home.path, ['--fix'], env)).toMatchObject({ exitCode: 0, left: [], removed: [remnant] })
  expect([existsSync(dead), existsSync(going)]).toEqual([false, true])
})

const gos = [
  {
    is: 'good',
    script: 'echo "go version go1.30.1-$GOTOOLCHAIN linux/amd64"',
    version: '1.30.1-local',
    trouble: 'none',
  },
  { is: 'old', script: 'echo "go version go1.20.14 linux/amd64"', version: '1.20.14', trouble: 'too old' },
  { is: 'another', script: 'echo "a game"', version: null, trouble: 'which is no Go' },
  { is: 'broken', script: 'exit 2', version: null, trouble: 'exit code 2' },
]

test.for(gos)('a Go that is $is is only for building, and decides nothing', async ({ script, version, trouble }) => {
  const mend = trouble === 'none' ? 'none' : 'https://go.dev/dl'
  await using home = await temporaryFolder()
  writeFileSync(join(home.path, 'go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const { parts, exitCode } = await examined(home.path, [], { PATH: home.path })
  expect(exitCode).toBe(0)
  const go = parts.find(({ name }) => name === 'go')
  expect(go).toMatchObject({ version, found: { file: join(home.path, 'go'), from: 'PATH' } })
  expect(go?.trouble ?? 'none').toContain(trouble)
  expect(go?.mend ?? 'none').toContain(mend)
})

test('a mix of engines is looked at as it is asked for', async () => {
  await using home = await temporaryFolder()
  const env = { BROWNOUT_K6: join(home.path, 'none') }
  const mixed = async (engines: string) => {
    const { exitCode, wanted, engines: all } = await examined(home.path, ['--engines', engines], env)
    expect(wanted).toBe(engines)
    return [exitCode, all.find(({ name }) => name === engines)?.lacks.map(({ part }) => part)]
  }
  expect(await mixed('proxies=toxiproxy')).toEqual([0, []])
  expect(await mixed('load=k6,proxies=embedded')).toEqual([6, ['k6']])
  const [nobody = 0] = await freePorts(1)
  const address = `http://127.0.0.1:${nobody}`
  expect(await mixed(`proxies=${address}`)).toEqual([6, [`Toxiproxy at ${address}`]])
})

test('bad usage, exit 2', async () => {
  const { code, output } = await doctor('nowhere', ['--engines', 'remote'])
  expect(code, output).toBe(2)
  expect(output).toContain('unknown set of engines "remote"')
})
