import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import {
  brownout,
  expectNothingLeft,
  gateTiny,
  heldProcesses,
  recordOf,
  reportOf,
  type Running,
  tiny,
} from './brownout.ts'

const start = (home: string): Running => brownout(['gate', '--config', tiny, '--home', home, '--only', 'back-refused'])

const moments = ['starting tiny', 'baseline', 'health', 'before 1 s', 'in force', 'undone'] as const

test.for(moments)('Ctrl-C at "%s": everything is undone, exit 130', { timeout: 60_000, retry: 0 }, async (moment) => {
  await using home = await temporaryFolder()
  const running = start(home.path)
  await running.saw(moment)
  const held = heldProcesses(home.path)
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited, running.output()).toEqual({ code: 130, signal: null })
  expectNothingLeft(home.path, held)
  expect(recordOf(home.path).endedBy?.code).toBe('INTERRUPTED')
})

test('SIGTERM while the fault is in force: everything is undone, exit 143', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const running = start(home.path)
  await running.saw('in force')
  const held = heldProcesses(home.path)
  process.kill(running.pid, 'SIGTERM')
  expect(await running.exited, running.output()).toEqual({ code: 143, signal: null })
  expectNothingLeft(home.path, held)
  const [fault] = recordOf(home.path).scenarios[0]?.faults ?? []
  expect(fault?.undone).toBeGreaterThan(fault?.inForce ?? Number.POSITIVE_INFINITY)
})

test(
  'kill -9 while the fault is in force: within 2 s no fault and no process is left',
  { timeout: 60_000, retry: 0 },
  async () => {
    await using home = await temporaryFolder()
    const running = start(home.path)
    await running.saw('in force')
    const held = heldProcesses(home.path)
    expect(held.length).toBeGreaterThanOrEqual(5)
    process.kill(running.pid, 'SIGKILL')
    await expect.poll(() => held.filter(isAlive), { timeout: 2_000, interval: 20 }).toEqual([])
    await expect.poll(() => readdirSync(join(home.path, 'ledgers')), { timeout: 1_000 }).toEqual([])
    expectNothingLeft(home.path, held)
  },
)

test('Ctrl-C while a provider state hangs: everything is undone, exit 130', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const running = brownout(['gate', '--config', tiny, '--home', home.path], { env: { TINY_HANGS: 'yes' } })
  await running.saw('ready in')
  const held = heldProcesses(home.path)
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited, running.output()).toEqual({ code: 130, signal: null })
  expectNothingLeft(home.path, held)
})

test(
  'when the watcher dies nobody would mend after the runner: the run ends, exit 4',
  { timeout: 60_000, retry: 0 },
  async () => {
    await using home = await temporaryFolder()
    const running = start(home.path)
    await running.saw('in force')
    const held = heldProcesses(home.path)
    process.kill(childOf(running.pid, 'watcher/main'), 'SIGKILL')
    expect((await running.exited).code, running.output()).toBe(4)
    expectNothingLeft(home.path, held)
  },
)

test('a service that does not start: its exit code and last words, exit 3', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const { code, output } = await gateTiny(home.path, '--variant', 'front.dies-at-start')
  expect(code, output).toBe(3)
  expect(output).toMatch(/front.*exit code 7/s)
  expect(output).toContain('cannot find my configuration')
  expectNothingLeft(home.path)
})

test(
  'a service that dies in the run is a finding, exit 1, and the record so far can be read',
  { timeout: 60_000, retry: 0 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateTiny(home.path, '--only', 'back', '--variant', 'front.dies-later')
    expect(code, output).toBe(1)
    expect(output).toMatch(/front died|died\s+front/)
    expect(recordOf(home.path).scenarios.flatMap(({ deaths }) => deaths.map(({ instance }) => instance))).toEqual([
      'front',
    ])
    expectNothingLeft(home.path)
  },
)

test.for(['toxiproxy', 'taps'])(
  'when %s dies in the run, the run ends inconclusive, exit 3',
  { timeout: 60_000, retry: 0 },
  async (name) => {
    await using home = await temporaryFolder()
    const running = start(home.path)
    await running.saw('in force')
    process.kill(pidOf(home.path, name), 'SIGKILL')
    expect((await running.exited).code, running.output()).toBe(3)
    expectNothingLeft(home.path)
    expect(reportOf(home.path).scenarios[0]?.word).toBe('inconclusive')
  },
)

test('a fixed port that somebody holds is named, exit 3', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => holder.once('listening', resolve))
  const { port } = holder.address() as { port: number }
  const config = join(import.meta.dirname, '../fixtures/tiny/fixed-port.config.ts')
  const running = brownout(['gate', '--config', config, '--home', home.path], { env: { TINY_PORT: String(port) } })
  const { code } = await running.exited
  holder.close()
  expect(code, running.output()).toBe(3)
  expect(running.output()).toContain(String(port))
})

test('a home that cannot be written, exit 2', { timeout: 60_000, retry: 0 }, async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'a-file')
  writeFileSync(file, '')
  const { code, output } = await gateTiny(join(file, 'home'))
  expect(code, output).toBe(2)
  expect(output).toContain('--home DIR')
})

function pidOf(home: string, name: string): number {
  const line = readdirSync(join(home, 'ledgers'))
    .flatMap((file) => ledgerLines(join(home, 'ledgers', file)))
    .find((each) => each.name === name)
  return (line as { identity: { pid: number } }).identity.pid
}

function ledgerLines(file: string): { name?: string }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { name?: string })
}

/** The child of a process whose command line has that text. */
function childOf(parent: number, text: string): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').map(Number)
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text))
  if (found === undefined) throw new Error(`process ${parent} has no child ${text}`)
  return found
}
