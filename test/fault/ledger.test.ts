import { appendFileSync, existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { startProgram } from '../../src/core/start-program.ts'
import { anchorNow, monotonicClock } from '../../src/core/clock.ts'
import { identify, isAlive } from '../../src/core/process-identity.ts'
import { isStopped } from '../../src/core/process-identity.ts'
import { Ledger, type LedgerUndo, readLedger } from '../../src/fault/ledger.ts'
import { pauseProcess } from '../../src/fault/pause.ts'
import { releaseHoldings } from '../../src/fault/release.ts'
import { sweepLedgers } from '../../src/fault/sweep.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { everyCall, parentAndChild, stubbornToxiproxy } from './fixtures.ts'

const gone = { pid: 2 ** 22 + 1, startTicks: '1' }
const undoAt = (api: string) => [
  { api, proxy: { name: 'a-to-b', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }, toxic: 'slow' },
]
const sleeper = (folder: string) =>
  startCommand({
    name: 'sleeper',
    command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'],
    cwd: folder,
    env: {},
    log: join(folder, 'log'),
  })

test('a ledger says what is held until it was undone; a line that was cut short is passed over', async () => {
  await using folder = await temporaryFolder()
  const ledger = new Ledger(join(folder.path, 'a.ledger'))
  ledger.write({ type: 'run', run: 'a', runner: gone, at: 1 })
  ledger.write({ type: 'fault', id: 'f1', text: 'down(b)', undo: [], expiresAt: 5 })
  ledger.write({ type: 'fault', id: 'f2', text: 'down(c)', undo: [], expiresAt: 5 })
  ledger.write({ type: 'undone', id: 'f1' })
  appendFileSync(ledger.file, '{"type":"fault","id":"f3"')
  expect(readLedger(ledger.file)).toMatchObject({ run: 'a', runner: gone, faults: [{ id: 'f2' }] })
  ledger.close()
  expect(existsSync(ledger.file)).toBe(false)
})

test('a line that a full disk cut short spoils no other', async () => {
  await using folder = await temporaryFolder()
  const ledger = new Ledger(join(folder.path, 'a.ledger'))
  ledger.write({ type: 'run', run: 'a', runner: gone, at: 1 })
  appendFileSync(ledger.file, '{"type":"fault","id":"f1"')
  ledger.write({ type: 'fault', id: 'f2', text: 'down(c)', undo: [], expiresAt: 5 })
  expect(readLedger(ledger.file)).toMatchObject({ run: 'a', faults: [{ id: 'f2' }] })
  ledger.close()
})

test('a line that is none of ours is passed over', async () => {
  await using folder = await temporaryFolder()
  const ledger = new Ledger(join(folder.path, 'a.ledger'))
  ledger.write({ type: 'run', run: 'a', runner: gone, at: 1 })
  const strange = ['7', 'null', '[]', '{}', '{"type":"toString"}', '{"type":"run"}', '{"type":"process","name":"b"}']
  const halves = ['{"type":"fault","id":"f"}', '{"type":"fault","id":"f","undo":[{"api":"http://127.0.0.1:1"}]}']
  appendFileSync(ledger.file, [...strange, ...halves, ''].join('\n'))
  ledger.write({ type: 'fault', id: 'f2', text: 'down(c)', undo: [], expiresAt: 5 })
  expect(readLedger(ledger.file)).toMatchObject({ run: 'a', runner: gone, processes: [], faults: [{ id: 'f2' }] })
  ledger.close()
})

test.runIf(process.platform === 'linux')('a ledger that cannot be written says so', async () => {
  await using folder = await temporaryFolder()
  expect(() => new Ledger(join(import.meta.filename, 'a.ledger'))).toThrow(
    expect.objectContaining({ code: 'UNWRITABLE', exitCode: 2 }),
  )
  symlinkSync('/dev/full', join(folder.path, 'full.ledger'))
  const full = new Ledger(join(folder.path, 'full.ledger'))
  const written = (exitCode: number) => expect.objectContaining({ code: 'UNWRITABLE', exitCode }) as Error
  expect(() => full.write({ type: 'run', run: 'a', runner: gone, at: 1 })).toThrow(written(2))
  expect(() => full.write({ type: 'undone', id: 'f1' })).toThrow(written(3))
  full.close()
})

test('a sweep lets go of what dead runs held, and leaves living runs alone', async () => {
  await using folder = await temporaryFolder()
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: ['DELETE toxic'] })
  const orphan = await sleeper(folder.path)
  const dead = new Ledger(join(folder.path, 'dead.ledger'))
  dead.write({ type: 'run', run: 'dead', runner: gone, at: 1 })
  dead.write({ type: 'fault', id: 'f', text: 'latency(b)', undo: undoAt(toxiproxy.api), expiresAt: 1 })
  dead.write({ type: 'process', name: 'sleeper', identity: orphan.identity })
  const protectedChild = await sleeper(folder.path)
  const alive = new Ledger(join(folder.path, 'alive.ledger'))
  alive.write({ type: 'run', run: 'alive', runner: identify(process.pid), at: 1 })
  alive.write({ type: 'process', name: 'sleeper', identity: protectedChild.identity })
  try {
    expect(await sweepLedgers(folder.path)).toEqual([])
    expect(toxiproxy.calls).toContain('DELETE toxic')
    expect([isAlive(orphan.identity), existsSync(dead.file)]).toEqual([false, false])
    expect([isAlive(protectedChild.identity), existsSync(alive.file)]).toEqual([true, true])
  } finally {
    await protectedChild.stop(0)
    await orphan.stop(0)
  }
})

test('a process that a dead run paused is ended, too', async () => {
  await using folder = await temporaryFolder()
  const orphan = await sleeper(folder.path)
  await pauseProcess(orphan.identity, 1_000)
  const dead = new Ledger(join(folder.path, 'dead.ledger'))
  dead.write({ type: 'run', run: 'dead', runner: gone, at: 1 })
  dead.write({ type: 'process', name: 'sleeper', identity: orphan.identity })
  dead.write({ type: 'fault', id: 'f', text: 'pause(b)', undo: [{ resume: orphan.identity }], expiresAt: 1 })
  try {
    expect(await sweepLedgers(folder.path)).toEqual([])
    // It went on first: SIGTERM alone ended it.
    expect([await orphan.exited, existsSync(dead.file)]).toEqual([{ code: null, signal: 'SIGTERM' }, false])
  } finally {
    await orphan.stop(0)
  }
})

test('what a sweep cannot undo stays written down, and is told', async () => {
  await using folder = await temporaryFolder()
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: [] })
  const dead = new Ledger(join(folder.path, 'dead.ledger'))
  dead.write({ type: 'run', run: 'dead', runner: gone, at: 1 })
  dead.write({ type: 'fault', id: 'f', text: 'latency(b)', undo: undoAt(toxiproxy.api), expiresAt: 1 })
  expect((await sweepLedgers(folder.path)).map(({ what }) => what)).toEqual(['latency(b)'])
  expect(existsSync(dead.file)).toBe(true)
})

test('faults are let go of together: within two seconds, though no proxy answers', async () => {
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: [], hangs: everyCall })
  const faults = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id, undo: undoAt(toxiproxy.api), expiresAt: 1 }))
  const startedAt = performance.now()
  const left = await releaseHoldings({ run: 'dead', runner: gone, processes: [], faults, proxies: [] })
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  expect(left.map(({ what, isFault }) => [what, isFault])).toEqual(['d', 'c', 'b', 'a'].map((id) => [id, true]))
})

test('a proxy server of the run takes its faults with it: it is ended, and not asked', async () => {
  await using folder = await temporaryFolder()
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: [], hangs: everyCall })
  const server = await sleeper(folder.path)
  const paused = await sleeper(folder.path)
  await pauseProcess(paused.identity, 1_000)
  const processes = [server, paused].map(({ identity }, index) => ({ name: index === 0 ? 'toxiproxy' : 'b', identity }))
  const fault = (id: string, undo: LedgerUndo[]) => ({ id, text: id, undo, expiresAt: 1 })
  const faults = [fault('pause(b)', [{ resume: paused.identity }]), fault('latency(b)', undoAt(toxiproxy.api))]
  expect(await releaseHoldings({ run: 'dead', runner: gone, processes, faults, proxies: [] })).toEqual([])
  expect(toxiproxy.calls).toEqual([])
  expect([(await server.exited).signal, (await paused.exited).signal]).toEqual(['SIGTERM', 'SIGTERM'])
})

test('a process that stands still in spite of all is told, whatever became of the proxies', async () => {
  await using folder = await temporaryFolder()
  const { parent, child } = await parentAndChild(folder.path)
  try {
    // It leads no group, so no signal of ours reaches it.
    process.kill(child.pid, 'SIGSTOP')
    await expect.poll(() => isStopped(child)).toBe(true)
    const holdings = {
      run: 'dead',
      runner: gone,
      processes: [{ name: 'toxiproxy', identity: gone }],
      faults: [{ id: 'f', text: 'pause(b)', undo: [{ resume: child }], expiresAt: 1 }],
      proxies: [],
    }
    expect(await releaseHoldings(holdings)).toMatchObject([
      { what: 'pause(b)', why: expect.stringContaining('in spite of SIGCONT'), isFault: true },
    ])
  } finally {
    await parent.stop(0)
  }
})

test('the watcher undoes a fault whose lease ran out, while the runner lives, and says so', async () => {
  await using folder = await temporaryFolder()
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: ['DELETE toxic'] })
  // The wall clock was put forward by an hour since the run began; that ends no lease and keeps none.
  const clock = monotonicClock({ ...anchorNow(), wallMs: Date.now() - 3_600_000 })
  const ledger = new Ledger(join(folder.path, 'run.ledger'))
  ledger.write({ type: 'run', run: 'run', runner: identify(process.pid), at: 1 })
  const watcher = await startProgram('watcher', new URL('../../src/fault/watcher/main.ts', import.meta.url), {
    ledger: ledger.file,
    clock: clock.anchor,
    everyMs: 50,
  })
  const expired = new Promise((resolve) => watcher.on('expired', resolve))
  const expiresAt = clock.now() + 300
  ledger.write({ type: 'fault', id: 'f', text: 'latency(b)', undo: undoAt(toxiproxy.api), expiresAt })
  try {
    expect(await expired).toEqual({ id: 'f', text: 'latency(b)', trouble: null })
    expect(clock.now()).toBeGreaterThan(expiresAt)
    expect(toxiproxy.calls).toContain('DELETE toxic')
  } finally {
    ledger.close()
    await watcher.stop()
  }
})

test('the watcher lets a paused process go on when its lease ran out', async () => {
  await using folder = await temporaryFolder()
  const paused = await sleeper(folder.path)
  await pauseProcess(paused.identity, 1_000)
  const clock = monotonicClock()
  const ledger = new Ledger(join(folder.path, 'run.ledger'))
  ledger.write({ type: 'run', run: 'run', runner: identify(process.pid), at: 1 })
  const watcher = await startProgram('watcher', new URL('../../src/fault/watcher/main.ts', import.meta.url), {
    ledger: ledger.file,
    clock: clock.anchor,
    everyMs: 50,
  })
  const expired = new Promise((resolve) => watcher.on('expired', resolve))
  const undo = [{ resume: paused.identity }]
  ledger.write({ type: 'fault', id: 'f', text: 'pause(b)', undo, expiresAt: clock.now() })
  try {
    expect(await expired).toEqual({ id: 'f', text: 'pause(b)', trouble: null })
    expect([isStopped(paused.identity), isAlive(paused.identity)]).toEqual([false, true])
  } finally {
    await paused.stop(0)
    ledger.close()
    await watcher.stop()
  }
})
