import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, heldProcesses, recordOf, reportOf, type Running, tiny } from './brownout.ts'
import { foreignToxiproxy } from './foreign-toxiproxy.ts'

const start = (home: string, engines: string, ...args: string[]): Running =>
  brownout(['run', 'back-refused', '--config', tiny, '--home', home, '--seed', '7', '--engines', engines, ...args])

const k6 = { role: 'load', name: 'k6', version: expect.stringMatching(/^2\./) as string }
const toxiproxy = { role: 'proxies', name: 'Toxiproxy', version: expect.stringMatching(/^2\./) as string }
const embedded = { role: 'proxies', name: 'embedded Toxiproxy', version: expect.any(String) as string }

test.for([
  ['local', [toxiproxy, k6]],
  ['load=k6,proxies=embedded', [embedded, k6]],
] as const)(
  '%s plays, and the report names each part and its version',
  { timeout: 90_000 },
  async ([engines, parts]) => {
    await using home = await temporaryFolder()
    const running = start(home.path, engines)
    expect((await running.exited).code, running.output()).toBe(0)
    expect(recordOf(home.path).engines).toEqual({ name: engines, parts })
    expect(reportOf(home.path).scenarios.map(({ word }) => word)).toEqual(['degraded gracefully'])
    expect(running.output()).toContain(`tiny · ${engines} engines`)
    expectNothingLeft(home.path)
  },
)

test.for(['gate', 'plan', 'up'])('`%s` tells all bad words of --engines at once, exit 2', async (command) => {
  await using home = await temporaryFolder()
  const words = 'lokal,laod=k6,proxies=http://10.0.0.1:8474'
  const running = brownout([command, '--config', tiny, '--home', home.path, '--engines', words])
  expect((await running.exited).code).toBe(2)
  expect(running.output()).toMatch(/3 problems.*did you mean "local"\?.*did you mean "load"\?.*not on loopback/s)
  expect(existsSync(join(home.path, 'runs'))).toBe(false)
})

test('what is missing for `local` is told before anything is started, exit 6', async () => {
  await using home = await temporaryFolder()
  const env = { BROWNOUT_K6: '/nowhere/k6', BROWNOUT_PARTS: home.path, BROWNOUT_TOXIPROXY: '', PATH: '' }
  const running = brownout(['gate', '--config', tiny, '--home', home.path, '--engines', 'local'], { env })
  expect((await running.exited).code).toBe(6)
  expect(running.output()).toMatch(/2 parts are missing.*\/nowhere\/k6.*unset BROWNOUT_K6/s)
  expect(running.output()).toContain('toxiproxy-server is not on this machine\n    npx brownout parts')
  expect(readdirSync(home.path)).toEqual([])
})

test('`plan` says whether the engines are there, too', async () => {
  const env = { BROWNOUT_K6: '/nowhere/k6' }
  const running = brownout(['plan', '--config', tiny, '--engines', 'load=k6'], { env })
  expect((await running.exited).code).toBe(6)
})

test('a Toxiproxy of the run that dies ends the run: inconclusive, exit 3', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const running = start(home.path, 'proxies=toxiproxy')
  await running.saw('in force')
  const held = heldProcesses(home.path)
  const server = held[1]
  process.kill(server?.pid ?? 0, 'SIGKILL')
  expect((await running.exited).code, running.output()).toBe(3)
  expect(recordOf(home.path)).toMatchObject({ endedBy: { code: 'PROXIES_DIED', exitCode: 3 }, faultsLeft: [] })
  expectNothingLeft(home.path, held)
})

test('on a Toxiproxy that ran already only proxies of the run are touched', { timeout: 90_000 }, async () => {
  await using home = await temporaryFolder()
  const foreign = await foreignToxiproxy()
  const before = await foreign.look()
  const running = start(home.path, `proxies=${foreign.url}`)
  await running.saw('in force')
  const during = await foreign.look()
  expect(during).toMatchObject(before)
  expect((await foreign.ofRuns()).map((name) => name.replace(/^brownout-[\w-]+?-[\da-f]{4}-/, '')).toSorted()).toEqual([
    'front-to-back',
    'idle-to-back',
  ])
  expect((await running.exited).code, running.output()).toBe(0)
  expect(await foreign.look()).toEqual(before)
  expect(recordOf(home.path).engines).toMatchObject({
    name: `proxies=${foreign.url}`,
    parts: [{ ...toxiproxy, note: expect.stringContaining(foreign.url) as string }, { role: 'load' }],
  })
  expectNothingLeft(home.path)
})

test(
  'kill -9 of the runner: within 2 s its proxies are gone, and no others',
  { timeout: 60_000, retry: 0 },
  async () => {
    await using home = await temporaryFolder()
    const foreign = await foreignToxiproxy()
    const before = await foreign.look()
    const running = start(home.path, `proxies=${foreign.url}`)
    await running.saw('in force')
    const held = heldProcesses(home.path)
    process.kill(running.pid, 'SIGKILL')
    await expect.poll(() => foreign.look(), { timeout: 2_000, interval: 50 }).toEqual(before)
    await expect.poll(() => held.filter(isAlive), { timeout: 2_000, interval: 20 }).toEqual([])
    await expect.poll(() => readdirSync(join(home.path, 'ledgers')), { timeout: 1_000 }).toEqual([])
    expect(await foreign.look()).toEqual(before)
  },
)

test('Ctrl-C: the proxies of the run are deleted, exit 130', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const foreign = await foreignToxiproxy()
  const before = await foreign.look()
  const running = start(home.path, `proxies=${foreign.url}`)
  await running.saw('in force')
  process.kill(running.pid, 'SIGINT')
  expect((await running.exited).code, running.output()).toBe(130)
  expect(await foreign.look()).toEqual(before)
  expectNothingLeft(home.path)
})

test(
  'a Toxiproxy that ran already and ends: inconclusive, nothing may remain, exit 3',
  { timeout: 60_000 },
  async () => {
    await using home = await temporaryFolder()
    const foreign = await foreignToxiproxy()
    const running = start(home.path, `proxies=${foreign.url}`)
    await running.saw('in force')
    await foreign.child.stop(0)
    expect((await running.exited).code, running.output()).toBe(3)
    expect(recordOf(home.path)).toMatchObject({ endedBy: { code: 'PROXIES_DIED', exitCode: 3 }, faultsLeft: [] })
    expectNothingLeft(home.path)
  },
)
