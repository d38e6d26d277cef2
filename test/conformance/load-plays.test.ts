import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as aMoment } from 'node:timers/promises'
import { describe, type ExpectStatic, test } from 'vitest'
import type { Workload } from '../../src/load/workload.ts'
import { bad, full, reduced, refused } from '../load/article-answers.ts'
import { interaction, type Plays, plays, terms, upTo } from '../load/plays.ts'
import { type RoughServer, roughServer, sequenceOf } from '../load/rough-server.ts'
import { driverNames, drivers } from './load/drivers.ts'

const read = (base: string, rows = [{ id: 1 }]) => interaction('read an article', base, rows)
const nowhere = 'http://127.0.0.1:1'

const sequences = (load: Plays) =>
  load
    .samples()
    .map(({ sequence }) => sequence)
    .toSorted((a, b) => a - b)

/** What was sent before may still be on its way in. */
async function expectNobodySends(expect: ExpectStatic, server: RoughServer): Promise<void> {
  const arriveMeanwhile = async () => {
    const received = server.received.length
    await aMoment(200)
    return server.received.length - received
  }
  await expect.poll(arriveMeanwhile, { timeout: 5_000 }).toBe(0)
}

// Side by side: each has an `expect` of its own.
describe.each(driverNames)('%s', { timeout: 90_000, concurrent: true }, (driver) => {
  const playsOf = (workload: Pick<Workload, 'stages' | 'interactions'> & Partial<Workload>) =>
    plays(workload, drivers[driver])

  /** Longer than any test, and soon given up. */
  const long = (base: string, rate = 100) => ({
    stages: [{ rate, forMs: 20_000 }],
    interactions: [read(base)],
    timeoutMs: 2_000,
  })
  const short = (base: string) => ({ stages: [{ rate: 50, forMs: 100 }], interactions: [read(base)] })

  test('it tells about four times a second how it goes', async ({ expect }) => {
    const answers = [full, reduced, refused, bad]
    await using server = await roughServer((socket, request) => socket.write(answers[sequenceOf(request) % 4] ?? ''))
    await using load = await playsOf({ stages: [{ rate: 100, forMs: 1_500 }], interactions: [read(server.base)] })
    const play = await load.play()
    // While it plays, not at its end.
    await expect.poll(() => load.ticks.some(({ normal }) => normal > 0), { timeout: 10_000 }).toBe(true)
    expect(load.ticks.at(-1)?.started).toBeLessThan(150)
    await play.done
    expect(load.ticks.length).toBeGreaterThanOrEqual(4)
    expect(load.ticks.at(-1)).toMatchObject({ started: 150, answered: 150 })
    const samples = load.samples()
    const ticked = (kind: 'normal' | 'other' | 'none') => load.ticks.reduce((sum, tick) => sum + tick[kind], 0)
    const count = (is: (keeps: number) => boolean) => samples.filter(({ keeps }) => is(keeps)).length
    expect(ticked('normal')).toBe(count((keeps) => (keeps & 1) === 1))
    expect(ticked('other')).toBe(count((keeps) => keeps > 1))
    expect(ticked('none')).toBe(count((keeps) => keeps === 0))
    expect(load.ticks.some(({ p95 }) => p95 !== null && p95 > 0)).toBe(true)
  })

  test('stop counts what was due by then, awaits its answers, and sends nothing after', async ({ expect }) => {
    await using server = await roughServer((socket) => setTimeout(() => socket.write(full), 400))
    await using load = await playsOf(long(server.base))
    const play = await load.play()
    await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(20)
    play.stop()
    const { due, started, answered } = await play.done
    expect(due).toBeGreaterThan(20)
    expect(due).toBeLessThan(1_000)
    expect({ started, answered }).toEqual({ started: due, answered: due })
    expect(sequences(load)).toEqual(upTo(due))
    expect(load.samples().every(({ status, took }) => status === 200 && took >= 395)).toBe(true)
    await expectNobodySends(expect, server)
  })

  test('stop awaits what hangs, up to the time-out', async ({ expect }) => {
    await using server = await roughServer(() => undefined)
    await using load = await playsOf({ ...long(server.base, 50), timeoutMs: 800 })
    const play = await load.play()
    await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(10)
    play.stop()
    const { due, started, answered } = await play.done
    expect({ started, answered }).toEqual({ started: due, answered: due })
    expect(sequences(load)).toEqual(upTo(due))
    expect(load.samples().every(({ status, took }) => status === 0 && took >= 795)).toBe(true)
  })

  test('disposing ends a play soon, whatever hangs; what has ended is kept, and the process with it', async ({
    expect,
  }) => {
    await using server = await roughServer((socket, request) => void (sequenceOf(request) <= 5 && socket.write(full)))
    await using load = await playsOf({ ...long(server.base, 50), timeoutMs: 10_000 })
    const play = await load.play()
    await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(10)
    const before = performance.now()
    await play[Symbol.asyncDispose]()
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(play.process.hasExited).toBe(false)
    expect(await play.done).toMatchObject({ answered: 5 })
    expect(sequences(load)).toEqual(upTo(5))
    await expectNobodySends(expect, server)
  })

  test('the process is kept from play to play, two plays at a time have two, and they end with the driver', async ({
    expect,
  }) => {
    await using server = await roughServer((socket) => socket.write(full))
    await using load = await playsOf(short(server.base))
    const first = await load.play()
    expect(await first.done).toMatchObject({ due: 5, answered: 5 })
    const [one, another] = await Promise.all([load.play(), load.play()])
    expect([one, another].map((play) => play.process.identity)).toContainEqual(first.process.identity)
    expect(one.process.identity.pid).not.toBe(another.process.identity.pid)
    // What is over is left alone: its process plays something else now.
    first.stop()
    await first[Symbol.asyncDispose]()
    expect(await Promise.all([one.done, another.done])).toMatchObject([{ answered: 5 }, { answered: 5 }])
    await load.close()
    expect(await one.process.exited).toEqual({ code: 0, signal: null })
    expect(await another.process.exited).toEqual({ code: 0, signal: null })
  })

  test('when its process is killed the play fails, the samples are whole, and the next play has a process anew', async ({
    expect,
  }) => {
    await using server = await roughServer((socket) => socket.write(full))
    await using load = await playsOf(long(server.base, 200))
    const play = await load.play()
    await expect.poll(() => load.samples().length, { timeout: 10_000 }).toBeGreaterThan(50)
    process.kill(play.process.identity.pid, 'SIGKILL')
    await expect(play.done).rejects.toMatchObject({ name: 'BrownoutError', code: 'LOAD_DIED', exitCode: 3 })
    await expect(play.done).rejects.toThrow('SIGKILL')
    const samples = load.samples()
    expect(samples.every(({ status, keeps }) => status === 200 && keeps === 1)).toBe(true)
    await expectNobodySends(expect, server)
    load.order.workload.stages = [{ rate: 50, forMs: 100 }]
    expect(await (await load.play()).done).toMatchObject({ answered: 5 })
  })

  test('contracts of another hash are refused, naming both', async ({ expect }) => {
    await using load = await playsOf({ stages: [], interactions: [read(nowhere)] })
    load.order.contracts.hash = 'abcdef'
    await expect(load.play()).rejects.toMatchObject({ name: 'BrownoutError', code: 'LOAD_FAILED', exitCode: 3 })
    await expect(load.play()).rejects.toThrow(new RegExp(`${terms.hash}.*abcdef`))
  })

  test('a contract that is not there, and a row that lacks a value, are found before anything is sent', async ({
    expect,
  }) => {
    await using server = await roughServer((socket) => socket.write(full))
    const rows = [{ id: 1 }, { text: 'no id' }] as unknown as { id: number }[]
    await using load = await playsOf({ ...short(server.base), interactions: [read(server.base, rows)] })
    await expect(load.play()).rejects.toThrow('{id}')
    load.order.contracts.files = [join(import.meta.dirname, 'nowhere.contract.ts')]
    await expect(load.play()).rejects.toThrow('nowhere.contract.ts')
    expect(server.received).toEqual([])
  })

  test('a file that cannot be opened fails the start', async ({ expect }) => {
    await using load = await playsOf({ stages: [], interactions: [read(nowhere)] })
    const samples = join(load.order.into.samples, 'nowhere')
    load.order.into = { ...load.order.into, samples }
    await expect(load.play()).rejects.toThrow(`Failed to write "${samples}"`)
  })

  test.runIf(process.platform === 'linux')('a full disk ends the play', async ({ expect }) => {
    await using server = await roughServer((socket) => socket.write(full))
    await using load = await playsOf(long(server.base))
    load.order.into = { ...load.order.into, samples: '/dev/full' }
    const play = await load.play()
    await expect(play.done).rejects.toMatchObject({
      name: 'BrownoutError',
      code: 'UNWRITABLE',
      exitCode: 3,
      hint: expect.stringContaining('--home DIR'),
    })
    await expect(play.done).rejects.toThrow(/"\/dev\/full".*ENOSPC/)
    expect(server.received.length).toBeLessThan(1_000)
  })

  test('samples of a second play are appended, after what a killed one left half written', async ({ expect }) => {
    await using server = await roughServer((socket) => socket.write(full))
    await using load = await playsOf({ ...short(server.base), stages: [{ rate: 50, forMs: 200 }] })
    await (
      await load.play()
    ).done
    await appendFile(load.order.into.samples, new Uint8Array(17))
    load.order.workload.firstSequence = 11
    await (
      await load.play()
    ).done
    expect(sequences(load)).toEqual(upTo(20))
  })

  test('a load without arrivals, and one without stages, come to their end', async ({ expect }) => {
    await using load = await playsOf({ stages: [{ rate: 0, forMs: 300 }], interactions: [read(nowhere)] })
    const { startedAt, endedAt, ...counts } = await (await load.play()).done
    expect(counts).toMatchObject({ due: 0, started: 0, answered: 0, lateP99: 0 })
    expect(endedAt - startedAt).toBeGreaterThanOrEqual(299)
    load.order.workload.stages = []
    expect(await (await load.play()).done).toMatchObject({ due: 0, started: 0, answered: 0 })
  })
})
