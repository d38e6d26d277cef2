import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { identify, isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { full } from './article-answers.ts'
import { byK6, k6Below, k6Of } from './k6-plays.ts'
import { interaction, plays } from './plays.ts'
import { roughServer, whole } from './rough-server.ts'

/** Long lines: whatever ends k6 cuts one in the middle. */
const long = whole(JSON.stringify({ id: 1, comments: [], filler: 'x'.repeat(300_000) }), {
  headers: { 'content-type': 'application/json' },
})
const died = { name: 'BrownoutError', code: 'LOAD_DIED', exitCode: 3 }

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
