import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { identify, isAlive, type ProcessIdentity, signalGroup } from '../../src/core/process-identity.ts'
import { readLedger } from '../../src/fault/ledger.ts'
import { createProxy, listProxies, readVersion } from '../../src/fault/toxiproxy-api.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, type Running, tiny } from './brownout.ts'
import { doctor, examined } from './examined.ts'

/** The ledger of the run whose runner that is, once it holds `least` processes. */
async function ledgerOf(home: string, { pid }: Running, least: number): Promise<ReturnType<typeof readLedger>> {
  const read = () =>
    readdirSync(join(home, 'ledgers'))
      .map((name) => readLedger(join(home, 'ledgers', name)))
      .find(({ runner, processes }) => runner?.pid === pid && processes.length >= least)
  await expect.poll(read, { timeout: 20_000 }).toBeDefined()
  return read() as ReturnType<typeof readLedger>
}

/** Ends a run so that nobody mends after it: the watcher first stands still, and what is in `keep` does not see the end. */
function killAll({ pid }: Running, held: readonly ProcessIdentity[], keep: readonly ProcessIdentity[] = []): void {
  // A test that fails leaves nothing behind.
  onTestFinished(() => {
    for (const identity of held) if (isAlive(identity)) signalGroup(identity.pid, 'SIGKILL')
  })
  const watcher = watcherOf(pid)
  for (const each of [watcher, ...keep.map((one) => one.pid)]) process.kill(each, 'SIGSTOP')
  process.kill(pid, 'SIGKILL')
  process.kill(watcher, 'SIGKILL')
}

function watcherOf(runner: number): number {
  const children = readFileSync(`/proc/${runner}/task/${runner}/children`, 'utf8').trim().split(' ').map(Number)
  const watcher = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('watcher/main'))
  if (watcher === undefined) throw new Error(`process ${runner} has no watcher`)
  return watcher
}

const seenOn = {
  /** It would end with its runner; one that stands still cannot. */
  embedded: { keeps: true, seen: 'it may be in force: .*' },
  local: { keeps: false, seen: 'proxy "front-to-back" of .* is disabled' },
}

test.for(Object.entries(seenOn))(
  'runner and watcher killed on %s: fault and processes are named, exit 5; --fix removes them; a live run is untouched',
  { timeout: 90_000, retry: 0 },
  async ([engines, { keeps, seen }]) => {
    await using home = await temporaryFolder()
    const live = brownout(['up', '--config', tiny, '--home', home.path])
    const runner = identify(live.pid)
    onTestFinished(() => void (isAlive(runner) && process.kill(live.pid, 'SIGTERM')))
    await live.saw('is up after')
    const ofLive = await ledgerOf(home.path, live, 3)
    const args = ['--config', tiny, '--home', home.path, '--seed', '7', '--only', 'back-refused']
    const gate = brownout(['gate', ...args, '--engines', engines])
    await gate.saw('in force')
    const { run, processes } = await ledgerOf(home.path, gate, 5)
    const identities = processes.map(({ identity }) => identity)
    const toxiproxy = identities.filter((_, index) => processes[index]?.name === 'toxiproxy')
    killAll(gate, identities, keeps ? toxiproxy : [])
    await gate.exited
    const alive = () => processes.filter(({ identity }) => isAlive(identity)).map(({ name }) => name)
    // Taps and load end by themselves.
    await expect.poll(() => alive().toSorted(), { timeout: 10_000 }).toEqual(['back', 'front', 'idle', 'toxiproxy'])

    const found = await doctor(home.path)
    expect(found.code, found.output).toBe(5)
    const { left: kept } = await examined(home.path)
    expect(kept[0]).toMatchObject({ kind: 'fault', run, what: 'down(front → back)' })
    expect(kept.filter(({ kind }) => kind === 'process').map(({ what }) => what)).toEqual(
      processes
        .filter(({ identity }) => isAlive(identity))
        .map(({ name, identity: { pid } }) => `process ${pid} (${name})`),
    )
    expect(kept[0]?.seen).toMatch(new RegExp(`^${seen}$`))
    expect(found.output).toContain(`down(front → back) of ${run}`)
    for (const { name, identity } of processes.filter((each) => isAlive(each.identity)))
      expect(found.output).toContain(`process ${identity.pid} (${name}) of ${run}`)
    expect(found.output).toContain(`process ${live.pid} plays it; it holds 3 processes`)
    expect(found.output).toContain('npx brownout doctor --fix --home')
    expect(alive()).toHaveLength(4)

    const fixed = await doctor(home.path, ['--fix'])
    expect(fixed.code, fixed.output).toBe(0)
    expect(fixed.output).toMatch(/removed\n +fault +down\(front → back\)/)
    expect(fixed.output).toMatch(/left behind by older runs in .*\n +nothing\n/)
    expect(alive()).toEqual([])

    const { left, live: under } = await examined(home.path)
    expect(left).toEqual([])
    expect(under).toEqual([{ run: ofLive.run, pid: live.pid, faults: [], processes: 3 }])
    expect(ofLive.processes.filter(({ identity }) => !isAlive(identity))).toEqual([])

    process.kill(live.pid, 'SIGINT')
    expect((await live.exited).code, live.output()).toBe(0)
    expectNothingLeft(home.path)
  },
)

test('processes alone that go on are exit 3, and gone after --fix', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const up = brownout(['up', '--config', tiny, '--home', home.path])
  await up.saw('is up after')
  const { processes, run } = await ledgerOf(home.path, up, 3)
  killAll(
    up,
    processes.map(({ identity }) => identity),
  )
  await up.exited
  const mark = join(home.path, 'up', run ?? '', 'live')
  expect(existsSync(mark)).toBe(true)
  expect((await examined(home.path)).left.map(({ kind }) => kind)).toEqual(['process', 'process', 'process', 'file'])
  const found = await doctor(home.path)
  expect(found.code, found.output).toBe(3)
  const fixed = await examined(home.path, ['--fix'])
  expect(fixed).toMatchObject({ exitCode: 0, left: [] })
  expect(fixed.removed?.map(({ kind }) => kind)).toEqual(['process', 'process', 'process', 'file'])
  expect(processes.filter(({ identity }) => isAlive(identity))).toEqual([])
  expect(existsSync(mark)).toBe(false)
  expectNothingLeft(home.path)
})

test('right after kill -9 the watcher is let finish: nothing is left', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const gate = brownout(['gate', '--config', tiny, '--home', home.path, '--seed', '7', '--only', 'back-refused'])
  await gate.saw('in force')
  const watcher = identify(watcherOf(gate.pid))
  process.kill(gate.pid, 'SIGKILL')
  const { left, live, exitCode } = await examined(home.path)
  expect(left.filter(({ kind }) => kind !== 'file')).toEqual([])
  expect([live, exitCode, isAlive(watcher)]).toEqual([[], 0, false])
})

/** A real Toxiproxy of somebody, with a proxy of somebody. */
async function toxiproxyOfSomebody(log: string): Promise<{ api: string } & AsyncDisposable> {
  const part = findPart('toxiproxy-server')
  if (part === null) throw new Error('toxiproxy-server is missing: npm run parts')
  const [port = 0, listen = 0] = await freePorts(2)
  const command = [part.file, '-host', '127.0.0.1', '-port', String(port)]
  const server = await startCommand({ name: 'toxiproxy', command, cwd: '/', env: { LOG_LEVEL: 'warn' }, log })
  const api = `http://127.0.0.1:${port}`
  await expect.poll(() => readVersion(api, 1_000).catch(() => null), { timeout: 10_000 }).not.toBeNull()
  await createProxy(api, { name: 'theirs', listen: `127.0.0.1:${listen}`, upstream: '127.0.0.1:9' }, 1_000)
  return { api, [Symbol.asyncDispose]: () => server.stop(0).then(() => undefined) }
}

test(
  'on a Toxiproxy of somebody the fault is seen in force, and goes with the proxies of the run; theirs stays',
  { timeout: 90_000, retry: 0 },
  async () => {
    await using home = await temporaryFolder()
    await using toxiproxy = await toxiproxyOfSomebody(join(home.path, 'log'))
    const { api } = toxiproxy
    const args = ['--config', tiny, '--home', home.path, '--seed', '7', '--only', 'back-refused']
    const gate = brownout(['gate', ...args, '--engines', `proxies=${api}`])
    await gate.saw('in force')
    const { run, processes } = await ledgerOf(home.path, gate, 4)
    killAll(
      gate,
      processes.map(({ identity }) => identity),
    )
    await gate.exited
    const names = async () => (await listProxies(api, 1_000)).map(({ name }) => name)
    const ofRun = (await names()).filter((name) => name !== 'theirs')
    expect(ofRun.length).toBeGreaterThan(0)

    const { left, exitCode } = await examined(home.path)
    expect(exitCode).toBe(5)
    expect(left.find(({ kind }) => kind === 'fault')).toMatchObject({
      run,
      what: 'down(front → back)',
      seen: expect.stringMatching(/^proxy ".*" of http.* is disabled$/),
    })
    const proxies = left.filter(({ kind }) => kind === 'proxy').map(({ what }) => what)
    expect(proxies.toSorted()).toEqual(ofRun.map((name) => `proxy "${name}"`).toSorted())

    const fixed = await doctor(home.path, ['--fix'])
    expect(fixed.code, fixed.output).toBe(0)
    expect(await names()).toEqual(['theirs'])
    expect(processes.filter(({ identity }) => isAlive(identity))).toEqual([])
    expect((await examined(home.path)).left).toEqual([])
  },
)
