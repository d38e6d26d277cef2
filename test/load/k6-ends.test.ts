import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { identify, isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { byFile, byK6, k6Below, k6File, k6Of, wrapper } from './k6-plays.ts'
import { interaction, plays } from './plays.ts'
import { roughServer, whole } from './rough-server.ts'

const json = { headers: { 'content-type': 'application/json' } }
const full = whole(JSON.stringify({ id: 1, comments: [] }), json)
/** Long lines: whatever ends k6 cuts one in the middle. */
const long = whole(JSON.stringify({ id: 1, comments: [], filler: 'x'.repeat(300_000) }), json)
const died = { name: 'BrownoutError', code: 'LOAD_DIED', exitCode: 3 }
const unready = { name: 'BrownoutError', code: 'LOAD_FAILED', exitCode: 3 }

async function longPlay(answer = full) {
  const server = await roughServer((socket) => socket.write(answer))
  const load = await plays(
    {
      stages: [{ rate: 100, forMs: 20_000 }],
      interactions: [interaction('read an article', server.base)],
      timeoutMs: 1_000,
    },
    byK6,
  )
  const play = await load.play()
  const k6 = k6Of(play)
  if (k6 === null) throw new Error('there is no k6')
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(20)
  return {
    server,
    load,
    play,
    k6: identify(k6),
    async [Symbol.asyncDispose]() {
      await load[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const shortPlay = (file: string) =>
  plays(
    { stages: [{ rate: 50, forMs: 100 }], interactions: [interaction('read an article', 'http://127.0.0.1:1')] },
    byFile(file),
  )

const expectGone = (identity: ReturnType<typeof identify>) =>
  expect.poll(() => isAlive(identity), { timeout: 2_000, interval: 50 }).toBe(false)

test('when k6 is killed the play fails, its samples are whole, and the next play has a k6 anew', async () => {
  await using playing = await longPlay(long)
  const { play, load, k6 } = playing
  process.kill(k6.pid, 'SIGKILL')
  await expect(play.done).rejects.toMatchObject(died)
  await expect(play.done).rejects.toThrow('k6 ended in the middle of its play (SIGKILL')
  const samples = load.samples()
  expect(samples.length).toBeGreaterThan(0)
  expect(samples.every(({ status, keeps }) => status === 200 && keeps === 1)).toBe(true)
  load.order.workload.stages = [{ rate: 50, forMs: 100 }]
  const next = await load.play()
  expect(next.process.identity).toEqual(play.process.identity)
  expect(await next.done).toMatchObject({ due: 5, answered: 5 })
})

test('when k6 crashes its last words are why, and not the stacks', async () => {
  await using playing = await longPlay()
  process.kill(playing.k6.pid, 'SIGQUIT')
  await expect(playing.play.done).rejects.toMatchObject(died)
  await expect(playing.play.done).rejects.toThrow(/exit code 2; its last words: SIGQUIT: quit\)/)
})

test('when the process beside k6 is killed, k6 does not outlive it', async () => {
  await using playing = await longPlay()
  process.kill(playing.play.process.identity.pid, 'SIGKILL')
  await expect(playing.play.done).rejects.toMatchObject(died)
  await expectGone(playing.k6)
})

const runners: ChildProcess[] = []
afterEach(() => runners.splice(0).forEach((runner) => runner.kill('SIGKILL')))

/** Another process that plays against a server; resolves as soon as it has a k6, which is still getting ready. */
async function otherRunner() {
  const server = await roughServer((socket) => socket.write(full))
  const folder = await temporaryFolder()
  const fixture = join(import.meta.dirname, 'fixtures/k6-runner.ts')
  const runner = spawn(process.execPath, ['--conditions=@brownout/source', fixture, server.base], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder.path },
  })
  runners.push(runner)
  const below = () => k6Below(runner.pid ?? 0)
  await expect.poll(below, { timeout: 15_000, interval: 5 }).not.toBe(null)
  const { beside = 0, k6 = 0 } = below() ?? {}
  return {
    server,
    runner,
    beside: identify(beside),
    k6: identify(k6),
    plays: () => expect.poll(() => server.received.length, { timeout: 20_000 }).toBeGreaterThan(5),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

test('when the runner is killed, neither k6 nor the process beside it outlives it', async () => {
  await using other = await otherRunner()
  await other.plays()
  other.runner.kill('SIGKILL')
  await expectGone(other.k6)
  await expectGone(other.beside)
})

test('when the runner is killed while k6 gets ready, k6 goes too', async () => {
  await using other = await otherRunner()
  other.runner.kill('SIGKILL')
  await expectGone(other.k6)
  await expectGone(other.beside)
  expect(other.server.received).toEqual([])
})

test('when both are killed at once, k6 ends at the next answer that it has nobody to tell', async () => {
  await using other = await otherRunner()
  await other.plays()
  other.runner.kill('SIGSTOP')
  process.kill(other.beside.pid, 'SIGKILL')
  other.runner.kill('SIGKILL')
  await expectGone(other.k6)
})

test('a port that was taken meanwhile is given up for another', async () => {
  await using folder = await temporaryFolder()
  await using port = await takenPort()
  const starts = join(folder.path, 'starts')
  await using load = await shortPlay(thatListensAt(port.number, { folder: folder.path, tries: 2 }))
  expect(await (await load.play()).done).toMatchObject({ due: 5, started: 5, answered: 5 })
  expect(readFileSync(starts, 'utf8')).toBe('x\nx\nx\n')
})

test('a k6 that gets no port at all fails the start', async () => {
  await using folder = await temporaryFolder()
  await using port = await takenPort()
  await using load = await shortPlay(thatListensAt(port.number, { folder: folder.path, tries: 9 }))
  const play = load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow(
    /could not listen for its API on 3 ports, 127\.0\.0\.1:\d+ the last \(exit code 106/,
  )
})

/** A k6 whose first starts are told a port that is taken, whatever Brownout has chosen. */
function thatListensAt(port: number, { folder, tries }: { folder: string; tries: number }): string {
  const starts = join(folder, 'starts')
  return wrapper(
    join(folder, 'k6'),
    `echo x >> ${starts}
if [ $(wc -l < ${starts}) -le ${tries} ]; then shift 4; set -- run --paused --address 127.0.0.1:${port} "$@"; fi
exec $k6 "$@"`,
  )
}

async function takenPort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  return { number: port, [Symbol.asyncDispose]: async () => void holder.close() }
}

/** A k6 that plays another script than it is told. */
async function withScript(text: string) {
  const folder = await temporaryFolder()
  const script = join(folder.path, 'other.js')
  writeFileSync(script, text)
  const file = wrapper(
    join(folder.path, 'k6'),
    `exec $k6 run --paused --address "$4" --log-format=raw --quiet ${script}`,
  )
  const load = await shortPlay(file)
  return {
    load,
    async [Symbol.asyncDispose]() {
      await load[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

test.each([
  [
    'a syntax error',
    'export default function ( {',
    /exit code 107: the script threw an exception; .*Unexpected end of input/,
  ],
  ['an exception at the start', 'throw new Error("so not")', /exit code 107: .*so not/],
  [
    'options that are none',
    'export const options = { vus: "many" }; export default () => 1',
    /exit code 104: .*"many"/,
  ],
  ['no function', 'export const options = {}', /no exported functions in script/],
])('a script with %s fails the start, with the last words of k6', async (_, text, words) => {
  await using other = await withScript(text)
  const play = other.load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow('k6 ended before it was ready')
  await expect(play).rejects.toThrow(words)
})

test('a script that throws in its setup fails the start too', async () => {
  await using other = await withScript(
    'export function setup() { throw new Error("not set up") } export default () => 1',
  )
  const play = other.load.play()
  await expect(play).rejects.toMatchObject(unready)
  await expect(play).rejects.toThrow(/k6 ended before its first arrival \(exit code 107: .*not set up/)
})

test('a k6 that cannot be run, or ends at once, or says nothing, fails the start', async () => {
  await using folder = await temporaryFolder()
  const playBy = async (file: string) => {
    await using load = await shortPlay(file)
    await load.play()
  }
  await expect(playBy(join(folder.path, 'nowhere'))).rejects.toMatchObject(unready)
  await expect(playBy(join(folder.path, 'nowhere'))).rejects.toThrow(/k6 could not be started: .*ENOENT/)
  await expect(playBy(wrapper(join(folder.path, 'ends'), 'exit 3'))).rejects.toThrow(
    'k6 ended before it was ready (exit code 3; its last words: it said nothing)',
  )
})

test('k6 is given nothing of the environment but what it needs', async () => {
  await using folder = await temporaryFolder()
  const file = wrapper(join(folder.path, 'k6'), `env > ${folder.path}/env; exec $k6 "$@"`)
  await using load = await shortPlay(file)
  await (
    await load.play()
  ).done
  const names = readFileSync(join(folder.path, 'env'), 'utf8').matchAll(/^(\w+)=/gm)
  const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_']
  expect(
    [...names]
      .map(([, name = '']) => name)
      .filter((name) => !ofTheShell.includes(name))
      .toSorted(),
  ).toEqual(['BROWNOUT_ORDER', 'HOME', 'K6_AUTO_EXTENSION_RESOLUTION', 'K6_NO_USAGE_REPORT', 'XDG_CONFIG_HOME'])
})

test('nothing is left of an order when it has been played', async () => {
  await using load = await shortPlay(k6File)
  await (
    await load.play()
  ).done
  expect(readdirSync(dirname(load.order.into.samples)).filter((name) => name.startsWith('k6-order'))).toEqual([])
})

test('what cannot be sent is found before k6 is started', async () => {
  await using load = await plays(
    { stages: [{ rate: 1, forMs: 100 }], interactions: [interaction('read an article', 'http://127.0.0.1:1', [{}])] },
    byFile('/nowhere'),
  )
  await expect(load.play()).rejects.toThrow('{id}')
})
