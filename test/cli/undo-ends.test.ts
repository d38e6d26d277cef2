import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { judgeRunFolder } from '../../src/cli/judge.ts'
import { identify, isAlive, isStopped } from '../../src/core/process-identity.ts'
import { connectToxiproxy } from '../../src/fault/driver/toxiproxy.ts'
import { Ledger, type LedgerLine } from '../../src/fault/ledger.ts'
import { playGate } from '../../src/gate/gate.ts'
import type { LoadDriver } from '../../src/load/driver.ts'
import type { Engines } from '../../src/run/engines.ts'
import { prepare } from '../../src/run/prepare.ts'
import type { Session } from '../../src/run/session.ts'
import { embeddedEngines } from '../engines/embedded-engines.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import {
  brownout,
  expectNothingLeft,
  heldProcesses,
  recordOf,
  reportOf,
  runFolder,
  type Running,
  tiny,
} from './brownout.ts'

const times = join(import.meta.dirname, '../fixtures/times/brownout.config.ts')
const start = (home: string, config: string, ...args: string[]): Running =>
  brownout(['gate', '--config', config, '--home', home, '--seed', '7', ...args])

/** A gate on the tiny system in this very process. */
async function playTiny(home: string, only: string[], engines: Engines, onSession: (session: Session) => void) {
  const run = 'here'
  const data = join(home, 'runs', run, 'data')
  const options = { config: tiny, cwd: dirname(tiny), variants: [], only, seed: 7, today: '2026-01-01', data }
  const prepared = await prepare(options)
  const onProgress = () => undefined
  return playGate({ run, brownout: '0', config: null, prepared, engines, home, onProgress, onSession })
}

test('a fault that no rung undoes ends the run: nothing is played after it, exit 4', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const { record } = await playTiny(home.path, ['back-hangs', 'back-refused'], stubbornEngines(), () => undefined)
  expect(record.endedBy).toMatchObject({ code: 'NOT_UNDONE', exitCode: 4 })
  expect(record.scenarios.map(({ name }) => name)).toEqual(['back-hangs'])
  const [fault] = record.scenarios[0]?.faults ?? []
  expect(fault).toMatchObject({ inForce: expect.any(Number), undoAsked: expect.any(Number), undone: null })
  expect(fault?.trouble).toMatch(/remove: .*disable: .*recreate: .*restart: /s)
  // The proxy server was seen to end, and the fault with it.
  expect(record.faultsLeft).toEqual([])
  expectNothingLeft(home.path)
})

test('what could not be ended is in the record, and such a run does not ship', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const refuse = () => Promise.reject(new Error('it stays'))
  const { record, folder } = await playTiny(home.path, ['back-refused'], embeddedEngines('0'), ({ scope }) =>
    scope.hold('something', refuse),
  )
  expect(recordOf(home.path)).toEqual(record)
  expect(record).toMatchObject({
    endedBy: { code: 'NOT_ENDED', message: 'something could not be ended: it stays', exitCode: 3 },
    faultsLeft: [],
  })
  expect(judgeRunFolder(folder, null).decision).toMatchObject({ exitCode: 3, ship: false })
})

test('a fault of an older run that stays is told though this one cannot begin', async () => {
  await using home = await temporaryFolder()
  await leaveFault(home.path)
  mkdirSync(join(home.path, 'ledgers', 'here.ledger'))
  await expect(playTiny(home.path, [], embeddedEngines('0'), () => undefined)).rejects.toMatchObject({
    code: 'UNWRITABLE',
    exitCode: 5,
    message: expect.stringMatching(/^down\(redis\) of an older run may still be in force\.\nFailed to write/),
  })
})

test('a fault that may remain is told though the run cannot be judged, exit 5', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  await leaveFault(home.path)
  const running = start(home.path, tiny, '--only', 'back-refused')
  await running.saw('after 2 s')
  const samples = join(runFolder(home.path), 'back-refused', 'samples.bin')
  rmSync(samples)
  mkdirSync(samples)
  expect((await running.exited).code, running.output()).toBe(5)
  expect(running.output()).toContain('EISDIR')
  expect(running.output()).toContain('down(redis) of an older run may still be in force')
})

test('a fault that is held longer than its lease is undone by the watcher: exit 4', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const running = start(home.path, tiny, '--only', 'back-refused')
  await running.saw('in force')
  const held = heldProcesses(home.path)
  expireLeases(home.path)
  expect((await running.exited).code, running.output()).toBe(4)
  const { endedBy, scenarios } = recordOf(home.path)
  expect(endedBy).toMatchObject({ code: 'LEASE_EXPIRED', exitCode: 4 })
  expect(endedBy?.message).toContain('down(front → back)')
  expect(scenarios[0]?.faults[0]).toMatchObject({ undone: expect.any(Number), trouble: null })
  expectNothingLeft(home.path, held)
})

test('kill -9 while a process is paused: within 2 s it is ended, too', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const running = start(home.path, times, '--only', 'one-after-the-other')
  await running.saw('pause(stock) from 1200ms for 1s in force')
  const held = heldProcesses(home.path)
  expect(held.filter(isStopped)).toHaveLength(1)
  process.kill(running.pid, 'SIGKILL')
  await expect.poll(() => held.filter(isAlive), { timeout: 2_000, interval: 20 }).toEqual([])
  await expect.poll(() => readdirSync(join(home.path, 'ledgers')), { timeout: 1_000 }).toEqual([])
})

test('Ctrl-C in the middle of a rolling restart: no process is left', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const running = start(home.path, times, '--only', 'rolling')
  await running.saw('restart(back) in force')
  expect(processesOf(home.path).length).toBeGreaterThanOrEqual(4)
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited, running.output()).toEqual({ code: 130, signal: null })
  const [restarted] = recordOf(home.path).scenarios[0]?.faults ?? []
  expect(restarted?.inForce).toEqual(expect.any(Number))
  expect(restarted?.steps.map(({ text }) => text)).not.toContain('back#2 is ready')
  expect(processesOf(home.path)).toEqual([])
  expectNothingLeft(home.path)
})

test('Ctrl-C while the last answers are awaited: they are cut off', { timeout: 60_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  let live: Session | null = null
  let [stoppedAt, cutOffAt] = [0, 0]
  const engines = slowToEnd({
    stopped() {
      stoppedAt = performance.now()
      live?.end({ code: 'INTERRUPTED', message: 'enough', exitCode: 130 })
    },
    cutOff: () => void (cutOffAt = performance.now()),
  })
  const { record } = await playTiny(home.path, ['back-refused'], engines, (session) => (live = session))
  expect(record.endedBy?.code).toBe('INTERRUPTED')
  expect(stoppedAt).toBeGreaterThan(0)
  // Their time-out and the grace beyond it are more than five seconds.
  expect(cutOffAt - stoppedAt).toBeLessThan(2_000)
  expectNothingLeft(home.path)
})

test('instances that do not come back are no fault of ours: inconclusive, exit 3', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const only = ['--only', 'all-backs', '--only', 'at-peak', '--variant', 'back.stays-away']
  const running = start(home.path, times, ...only)
  expect((await running.exited).code, running.output()).toBe(3)
  const { endedBy, scenarios } = recordOf(home.path)
  expect(endedBy).toMatchObject({ code: 'NOT_BACK', exitCode: 3 })
  expect(scenarios.map(({ name, endedBy: cutShort }) => [name, cutShort])).toEqual([['all-backs', null]])
  expect(scenarios[0]?.faults[0]).toMatchObject({ undone: null, trouble: expect.stringContaining('exit code 8') })
  expect(reportOf(home.path).scenarios[0]?.word).toBe('inconclusive')
  expectNothingLeft(home.path)
})

/** A load of which, once it is told to stop, the last answers do not come until it is cut off. */
function slowToEnd({ stopped, cutOff }: { stopped(): void; cutOff(): void }): Engines {
  const engines = embeddedEngines('0')
  return {
    ...engines,
    load(context) {
      const { driver, part } = engines.load(context)
      const play: LoadDriver['play'] = async (order, onTick) => {
        const begun = await driver.play(order, onTick)
        const { promise: cut, resolve } = Promise.withResolvers<void>()
        let isOver = false
        return {
          startedAt: begun.startedAt,
          done: begun.done.finally(() => (isOver ? cut : undefined)),
          stop() {
            isOver = true
            begun.stop()
            stopped()
          },
          async [Symbol.asyncDispose]() {
            if (isOver) cutOff()
            resolve()
            await begun[Symbol.asyncDispose]()
          },
        }
      }
      return { driver: { ...driver, play, close: () => driver.close() }, part }
    },
  }
}

/** Proxies that take a toxic, and from then on refuse every change; a fresh server cannot be started either. */
function stubbornEngines(): Engines {
  const engines = embeddedEngines('0')
  let started = false
  return {
    ...engines,
    async startProxies(port, context) {
      if (started) throw new Error('there is no other proxy server')
      started = true
      const server = await engines.startProxies(port, context)
      return { ...server, faults: await connectToxiproxy(await refuseAfterToxic(server.faults.api)) }
    },
  }
}

async function refuseAfterToxic(api: string): Promise<string> {
  let stubborn = false
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '' } = request
    if (stubborn && method !== 'GET') return response.writeHead(500).end('{"error":"no"}')
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(api + url, { method, headers, ...(body ? { body } : {}) }).catch(() => null)
    if (method === 'POST' && url.endsWith('/toxics')) stubborn = true
    return response.writeHead(answer?.status ?? 502).end(answer ? await answer.text() : '')
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The ledger of a run that died with a fault in a proxy server which answers no more, and still holds its port. */
async function leaveFault(home: string): Promise<void> {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close().closeAllConnections())
  const ledger = new Ledger(join(home, 'ledgers', 'older.ledger'))
  const proxy = { name: 'redis', listen: '127.0.0.1:1', upstream: '127.0.0.1:1' }
  const undo = [{ api: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, proxy, toxic: null }]
  ledger.write({ type: 'run', run: 'older', runner: { ...identify(process.pid), startTicks: '1' }, at: 0 })
  ledger.write({ type: 'fault', id: 'f', text: 'down(redis)', undo, expiresAt: 0 })
}

/** What the ledger would say if the runner had taken leases that are over by now. */
function expireLeases(home: string): void {
  for (const name of readdirSync(join(home, 'ledgers'))) {
    const file = join(home, 'ledgers', name)
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    for (const line of lines.map((text) => JSON.parse(text) as LedgerLine))
      if (line.type === 'fault') appendFileSync(file, `${JSON.stringify({ ...line, expiresAt: 0 })}\n`)
  }
}

/** Ids of all processes that were told of a folder below `home`. */
function processesOf(home: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home)
      } catch {
        return false
      }
    })
}
