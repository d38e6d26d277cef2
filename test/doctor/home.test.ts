import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Child, startCommand } from '../../src/core/child.ts'
import { startProgram } from '../../src/core/start-program.ts'
import { freePorts } from '../../src/core/ports.ts'
import { findPart } from '../../src/core/parts.ts'
import { identify, isAlive } from '../../src/core/process-identity.ts'
import { searchHome } from '../../src/doctor/home.ts'
import { lookAtAll, mendAll } from '../../src/doctor/mend.ts'
import { Ledger } from '../../src/fault/ledger.ts'
import { pauseProcess } from '../../src/fault/pause.ts'
import {
  addToxic,
  createProxy,
  listProxies,
  readProxy,
  readVersion,
  setEnabled,
} from '../../src/fault/toxiproxy-api.ts'
import { markLive, readMark } from '../../src/record/live.ts'
import { busyFolder } from '../busy-folder.ts'
import { stubbornToxiproxy } from '../fault/fixtures.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const gone = { pid: 2 ** 22 + 1, startTicks: '1' }
const run = '20261121-120000-abcd'

/** A process that waits, with its output in the log of a run. */
function sleeper(home: string, name: string, of = run): Promise<Child> {
  const logs = join(home, 'runs', of, 'logs')
  mkdirSync(logs, { recursive: true })
  const env = { PATH: process.env['PATH'] ?? '' }
  return startCommand({ name, command: ['sleep', '60'], cwd: home, env, log: join(logs, `${name}.log`) })
}

const servers = ['embedded', 'real'] as const

/** A Toxiproxy as somebody would run it for several runs, with one proxy. */
async function foreignToxiproxy(which: (typeof servers)[number], log: string) {
  const [port = 0, listen = 0] = await freePorts(2)
  const api = `http://127.0.0.1:${port}`
  const server =
    which === 'embedded'
      ? await startProgram('toxiproxy', new URL('../../src/toxiproxy/main.ts', import.meta.url), {
          host: '127.0.0.1',
          port,
          seed: 1,
        })
      : await startRealToxiproxy(port, log)
  await expect.poll(() => readVersion(api, 1_000).catch(() => null), { timeout: 10_000 }).not.toBeNull()
  const proxy = { name: 'a-to-b', listen: `127.0.0.1:${listen}`, upstream: '127.0.0.1:1' }
  await createProxy(api, proxy, 1_000)
  return { api, proxy, [Symbol.asyncDispose]: () => server.stop(0).then(() => undefined) }
}

function startRealToxiproxy(port: number, log: string): Promise<Child> {
  const part = findPart('toxiproxy-server')
  if (part === null) throw new Error('toxiproxy-server is missing: npm run parts')
  const command = [part.file, '-host', '127.0.0.1', '-port', String(port)]
  return startCommand({ name: 'toxiproxy', command, cwd: '/', env: { LOG_LEVEL: 'warn' }, log })
}

async function lookAt(home: string): Promise<[what: string, seen: string][]> {
  const { traces } = await searchHome(home)
  return (await lookAtAll(traces)).map(({ what, seen }) => [what, seen])
}

function deadLedger(home: string, name = run): Ledger {
  const ledger = new Ledger(join(home, 'ledgers', `${name}.ledger`))
  ledger.write({ type: 'run', run: name, runner: gone, at: 1 })
  return ledger
}

test('a home that is not there, or empty, holds nothing, and is not made', async () => {
  await using home = await temporaryFolder()
  const nowhere = join(home.path, 'nowhere')
  expect(await searchHome(nowhere)).toEqual({ live: [], traces: [] })
  expect(await searchHome(home.path)).toEqual({ live: [], traces: [] })
  expect(existsSync(nowhere)).toBe(false)
})

test.for(servers)(
  'a dead run, its faults in the %s Toxiproxy: faults and processes are seen as they are, removed, and seen to be gone',
  async (which) => {
    await using home = await temporaryFolder()
    await using toxiproxy = await foreignToxiproxy(which, join(home.path, 'log'))
    const { api, proxy } = toxiproxy
    const [paused, other] = [await sleeper(home.path, 'stock'), await sleeper(home.path, 'front')]
    const ledger = deadLedger(home.path)
    ledger.write({ type: 'fault', id: '1', text: 'down(b)', undo: [{ api, proxy, toxic: null }], expiresAt: 1 })
    ledger.write({ type: 'fault', id: '2', text: 'pause(stock)', undo: [{ resume: paused.identity }], expiresAt: 1 })
    ledger.write({ type: 'fault', id: '3', text: 'slow(b)', undo: [{ api, proxy, toxic: 's' }], expiresAt: 1 })
    ledger.write({ type: 'fault', id: '4', text: 'late(b)', undo: [{ api, proxy, toxic: 't' }], expiresAt: 1 })
    const toxic = { name: 's', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 9 } } as const
    await addToxic(api, proxy.name, toxic, 1_000)
    for (const { name, identity } of [paused, other]) ledger.write({ type: 'process', name, identity })
    await setEnabled(api, proxy.name, false, 1_000)
    await pauseProcess(paused.identity, 1_000)
    const stock = `process ${paused.identity.pid} (stock)`
    const front = `process ${other.identity.pid} (front)`
    try {
      const all = [
        ['down(b)', `proxy "a-to-b" of ${api} is disabled`],
        ['pause(stock)', `process ${paused.identity.pid} stands still`],
        ['slow(b)', `proxy "a-to-b" of ${api} has the toxic "s"`],
        [stock, 'it runs'],
        [front, 'it runs'],
      ]
      expect(await lookAt(home.path)).toEqual(all)
      expect(await lookAt(home.path), 'looking changes nothing').toEqual(all)

      const { removed, left } = await mendAll((await searchHome(home.path)).traces)
      expect(removed.map(({ kind, what }) => [kind, what])).toEqual([
        ['fault', 'down(b)'],
        ['fault', 'pause(stock)'],
        ['fault', 'slow(b)'],
        ['process', stock],
        ['process', front],
      ])
      expect(left).toEqual([])
      expect(await readProxy(api, proxy.name, 1_000)).toMatchObject({ enabled: true, toxics: [] })
      expect([isAlive(paused.identity), isAlive(other.identity), existsSync(ledger.file)]).toEqual([
        false,
        false,
        false,
      ])
      expect(await searchHome(home.path)).toEqual({ live: [], traces: [] })
    } finally {
      await paused.stop(0)
      await other.stop(0)
    }
  },
)

test('a run that lives is told, and nothing of it is touched', async () => {
  await using home = await temporaryFolder()
  const child = await sleeper(home.path, 'front')
  const mark = markLive(join(home.path, 'runs', run))
  const ledger = new Ledger(join(home.path, 'ledgers', `${run}.ledger`))
  ledger.write({ type: 'run', run, runner: identify(process.pid), at: 1 })
  ledger.write({ type: 'process', name: 'front', identity: child.identity })
  ledger.write({ type: 'fault', id: 'f', text: 'down(b)', undo: [], expiresAt: 1 })
  markLive(join(home.path, 'up', 'another'))
  try {
    const { live, traces } = await searchHome(home.path)
    expect(live).toEqual([
      { run, pid: process.pid, faults: ['down(b)'], processes: 1 },
      { run: 'another', pid: process.pid, faults: [], processes: 0 },
    ])
    expect(await mendAll(traces)).toEqual({ removed: [], left: [] })
    expect([isAlive(child.identity), existsSync(ledger.file)]).toEqual([true, true])
    expect(readMark(join(home.path, 'runs', run))?.runner?.pid).toBe(process.pid)
  } finally {
    await child.stop(0)
    ledger.close()
    mark[Symbol.dispose]()
  }
})

test('a fault that cannot be undone is still there, with why, and stays written down', async () => {
  await using home = await temporaryFolder()
  await using toxiproxy = await stubbornToxiproxy({ toxic: 'slow', heals: [] })
  const { api } = toxiproxy
  const proxy = { name: 'a-to-b', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }
  const ledger = deadLedger(home.path)
  ledger.write({ type: 'fault', id: 'f', text: 'latency(b)', undo: [{ api, proxy, toxic: 'slow' }], expiresAt: 1 })
  const { removed, left } = await mendAll((await searchHome(home.path)).traces)
  expect(removed).toEqual([])
  expect(left).toMatchObject([{ kind: 'fault', what: 'latency(b)', hint: expect.stringContaining(`${api}/proxies`) }])
  expect(left[0]?.seen).toMatch(/has the toxic "slow"; it could not be removed: Failed to undo .*recreate: /)
  expect(existsSync(ledger.file)).toBe(true)
})

test('a proxy server that hangs may have its fault in force; one that ended took it along', async () => {
  await using home = await temporaryFolder()
  await using hanging = await stubbornToxiproxy({ toxic: 'slow', heals: [], hangs: ['GET proxy'] })
  const proxy = { name: 'a-to-b', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }
  const ledger = deadLedger(home.path)
  const [nobody = 0] = await freePorts(1)
  for (const api of [hanging.api, `http://127.0.0.1:${nobody}`]) {
    ledger.write({ type: 'fault', id: api, text: api, undo: [{ api, proxy, toxic: 'slow' }], expiresAt: 1 })
    ledger.write({ type: 'proxies', api, names: ['b'] })
  }
  expect(await lookAt(home.path)).toEqual([
    [hanging.api, expect.stringMatching(/^it may be in force: Failed to GET .*timeout/)],
    ['proxy "b"', expect.stringMatching(/^it may be on .*timeout/)],
  ])
})

test.for(servers)('proxies of a dead run on the %s Toxiproxy of somebody go; those of others stay', async (which) => {
  await using home = await temporaryFolder()
  await using toxiproxy = await foreignToxiproxy(which, join(home.path, 'log'))
  const { api, proxy } = toxiproxy
  const [listen = 0] = await freePorts(1)
  await createProxy(api, { ...proxy, name: 'of-run', listen: `127.0.0.1:${listen}` }, 1_000)
  const ledger = deadLedger(home.path)
  ledger.write({ type: 'proxies', api, names: ['of-run', 'never-made'] })
  expect(await lookAt(home.path)).toEqual([['proxy "of-run"', `it is on ${api}`]])
  const { removed, left } = await mendAll((await searchHome(home.path)).traces)
  expect([removed.map(({ kind, what }) => [kind, what]), left]).toEqual([[['proxy', 'proxy "of-run"']], []])
  expect((await listProxies(api, 1_000)).map(({ name }) => name)).toEqual([proxy.name])
  expect(existsSync(ledger.file)).toBe(false)
})

test('nothing that a ledger names is left: the file alone is, and goes', async () => {
  await using home = await temporaryFolder()
  const ledger = deadLedger(home.path)
  ledger.write({ type: 'process', name: 'toxiproxy', identity: gone })
  const undo = [{ api: 'http://127.0.0.1:1', proxy: { name: 'p', listen: '', upstream: '' }, toxic: null }]
  // Its server was the run's own, and is gone.
  ledger.write({ type: 'fault', id: 'f', text: 'down(b)', undo, expiresAt: 1 })
  expect(await lookAt(home.path)).toEqual([[ledger.file, 'its ledger; nothing that it names is left']])
  expect((await mendAll((await searchHome(home.path)).traces)).left).toEqual([])
  expect(existsSync(ledger.file)).toBe(false)
})

test('a ledger that cannot be read may hold anything: it is told, and left to a person', async () => {
  await using home = await temporaryFolder()
  const ledgers = join(home.path, 'ledgers')
  mkdirSync(join(ledgers, 'folder.ledger'), { recursive: true })
  const old = new Date(Date.now() - 60_000)
  for (const name of ['noise.ledger', 'young.ledger', 'empty.ledger'])
    writeFileSync(join(ledgers, name), name === 'empty.ledger' ? '' : 'noise\n\0\n')
  for (const name of ['noise.ledger', 'empty.ledger']) utimesSync(join(ledgers, name), old, old)
  const { traces } = await searchHome(home.path)
  const { removed, left } = await mendAll(traces)
  expect(left.map(({ kind, run: of, seen }) => [kind, of, seen])).toEqual([
    ['unreadable ledger', 'folder', expect.stringContaining('EISDIR')],
    ['unreadable ledger', 'noise', expect.stringContaining('none of its lines can be read')],
  ])
  expect(left[0]?.hint).toContain(`rm -r '${join(ledgers, 'folder.ledger')}'`)
  expect(removed.map(({ what }) => what)).toEqual([join(ledgers, 'empty.ledger')])
  expect(existsSync(join(ledgers, 'young.ledger'))).toBe(true)
})

test('a folder of ledgers that cannot be read is told', async () => {
  await using home = await temporaryFolder()
  writeFileSync(join(home.path, 'ledgers'), '')
  expect(await lookAt(home.path)).toEqual([
    [join(home.path, 'ledgers'), expect.stringMatching(/^it cannot be read: ENOTDIR/)],
  ])
})

test('marks of runs that are over go, with them what keeps the run from being pruned', async () => {
  await using home = await temporaryFolder()
  const marks = ['runs/dead', 'runs/broken', 'up/young'].map((folder) => {
    mkdirSync(join(home.path, folder), { recursive: true })
    return join(home.path, folder, 'live')
  }) as [string, string, string]
  writeFileSync(marks[0], JSON.stringify(gone))
  for (const broken of marks.slice(1)) writeFileSync(broken, '{"pi')
  const old = new Date(Date.now() - 120_000)
  utimesSync(marks[1], old, old)
  const { live, traces } = await searchHome(home.path)
  expect(live).toEqual([{ run: 'young', pid: null, faults: [], processes: 0 }])
  expect((await mendAll(traces)).removed.map(({ what }) => what).toSorted()).toEqual([marks[1], marks[0]])
  expect(marks.map((file) => existsSync(file))).toEqual([false, false, true])
})

test('what still writes to the log of a run that is over is found without a ledger, and ended', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells where output goes')
  await using home = await temporaryFolder()
  const stray = await sleeper(home.path, 'front')
  const other = await sleeper(home.path, 'back', '20261121-130000-efgh')
  const mark = markLive(join(home.path, 'runs', '20261121-130000-efgh'))
  try {
    expect(await lookAt(home.path)).toEqual([
      [`process ${stray.identity.pid} (sleep 60)`, `it runs, and writes to runs/${run}/logs/front.log`],
    ])
    const { removed, left } = await mendAll((await searchHome(home.path)).traces)
    expect([removed.length, left]).toEqual([1, []])
    expect([isAlive(stray.identity), isAlive(other.identity)]).toEqual([false, true])
  } finally {
    mark[Symbol.dispose]()
    await stray.stop(0)
    await other.stop(0)
  }
})

test('a stray that stands still and heeds no signal is ended, too', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells where output goes')
  await using home = await temporaryFolder()
  const log = join(home.path, 'up', run, 'logs', 'a.log')
  mkdirSync(join(log, '..'), { recursive: true })
  const command = [
    process.execPath,
    '-e',
    'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 9)',
  ]
  const stray = await startCommand({ name: 'a', command, cwd: home.path, env: {}, log })
  try {
    await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toContain('up')
    await pauseProcess(stray.identity, 1_000)
    const { removed, left } = await mendAll((await searchHome(home.path)).traces)
    expect([removed.length, left, isAlive(stray.identity)]).toEqual([1, [], false])
  } finally {
    await stray.stop(0)
  }
})

test('a mark that cannot be removed is still there, with why', async (ctx) => {
  await using home = await temporaryFolder()
  const held = join(home.path, 'runs', run, 'live', 'held')
  mkdirSync(held, { recursive: true })
  const old = new Date(Date.now() - 120_000)
  using _busy = busyFolder(ctx, held)
  utimesSync(join(held, '..'), old, old)
  const { left } = await mendAll((await searchHome(home.path)).traces)
  expect(left).toMatchObject([{ kind: 'file', seen: expect.stringMatching(/could not be removed: .*busy/) }])
})
