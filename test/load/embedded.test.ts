import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as aMoment } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { transportErrors } from '../../src/load/sample.ts'
import { interaction, plays, type Recorded, terms } from './plays.ts'
import { type Received, roughServer, whole } from './rough-server.ts'

const json = { headers: { 'content-type': 'application/json' } }
const full = whole(JSON.stringify({ id: 1, comments: [] }), json)
const reduced = whole(JSON.stringify({ id: 1, commentsUnavailable: true }), json)
const refused = whole('', { status: 503, headers: { 'retry-after': '1' } })
const bad = whole('{"id":"one"}', json)

const sequenceOf = ({ headers }: Received) => Number(/^run-(\d+)$/.exec(headers['x-request-id'] ?? '')?.[1])
const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index)

test('every arrival is sent once, on time, with its row, and its answer is checked and recorded', async () => {
  const answers = [full, reduced, refused, bad]
  await using server = await roughServer((socket, request) => {
    if (request.method === 'POST') socket.write(whole('', { status: 201 }))
    else socket.write(answers[sequenceOf(request) % 4] ?? '')
  })
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }]
  await using load = await plays({
    stages: [
      { rate: 50, forMs: 1_000 },
      { rate: 100, forMs: 500 },
    ],
    interactions: [
      interaction('read an article', server.base, rows),
      interaction('write a comment', `${server.base}/`, [{ id: 7, text: 'so "it" is' }]),
    ],
    firstSequence: 1_000,
  })
  const play = await load.play()
  const summary = await play.done

  expect(summary).toMatchObject({ startedAt: play.startedAt, due: 100, started: 100, answered: 100 })
  expect(summary.endedAt - summary.startedAt).toBeGreaterThanOrEqual(1_500)
  expect(summary.cpuMs).toBeGreaterThan(0)

  const samples = load.samples()
  expect(samples.map(({ sequence }) => sequence)).toEqual(upTo(100, 1_000))
  expect(server.received.map(sequenceOf).toSorted((a, b) => a - b)).toEqual(upTo(100, 1_000))
  for (const { sequence, sentAt, took, late, error } of samples) {
    const arrival = sequence - 1_000
    const due = arrival < 50 ? arrival * 20 : 1_000 + (arrival - 50) * 10
    expect(sentAt - late - play.startedAt).toBeCloseTo(due, 1)
    expect(late).toBeGreaterThanOrEqual(0)
    expect(took).toBeGreaterThan(0)
    expect(error).toBe(0)
  }
  expect(summary.lateP99).toBeGreaterThanOrEqual(samples.map(({ late }) => late).toSorted((a, b) => a - b)[98] ?? 0)

  const [read, write] = terms.interactions
  const halves = (read?.halves ?? []).map((text) => /unavailable|overloaded|normal/.exec(text)?.[0])
  expect(halves.toSorted()).toEqual(['normal', 'overloaded', 'unavailable'])
  const bit = (half: string) => 1 << halves.indexOf(half)
  const kept = [bit('normal'), bit('unavailable'), bit('overloaded'), 0]
  const expected = ({ sequence, interaction: id }: Recorded) =>
    id === write?.id
      ? { sequence, keeps: 1, status: 201 }
      : { sequence, keeps: kept[sequence % 4], status: sequence % 4 === 2 ? 503 : 200 }
  const judged = samples.map(({ sequence, keeps, status }) => ({ sequence, keeps, status }))
  expect(judged).toEqual(samples.map(expected))

  const paths = server.received.filter(({ method }) => method === 'GET').map(({ path }) => path)
  expect(paths.length).toBeGreaterThan(20)
  expect(paths).toEqual(paths.map((_, turn) => `/articles/${rows[turn % 3]?.id}`))
  for (const { headers } of server.received) {
    expect(headers).toMatchObject({ 'user-agent': 'brownout', 'accept-encoding': 'identity' })
    expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  }
  for (const { path, body } of server.received.filter(({ method }) => method === 'POST')) {
    expect(path).toBe('/articles/7/comments')
    expect(body).toBe('{"text":"so \\"it\\" is","token":"not to be seen"}')
  }
  expect(new Set(server.received.map(({ headers }) => headers['traceparent'])).size).toBe(100)

  const evidence = load.evidence()
  expect(evidence.some(({ keeps }) => keeps === 0)).toBe(true)
  expect(evidence.filter(({ keeps }) => keeps & 1).length).toBe(4)
  expect(JSON.stringify(evidence)).not.toContain('not to be seen')
  const flawed = evidence.find(({ keeps }) => keeps === 0)
  expect(flawed).toMatchObject({ error: null, response: { status: 200, body: '{"id":"one"}' } })
  expect(flawed?.wanted.map((wanted) => wanted.bit)).toEqual([0, 1, 2])

  expect(load.ticks.length).toBeGreaterThanOrEqual(3)
  expect(load.ticks.at(-1)).toMatchObject({ started: 100, answered: 100 })
  const ticked = (kind: 'normal' | 'other' | 'none') => load.ticks.reduce((sum, tick) => sum + tick[kind], 0)
  const count = (is: (keeps: number) => boolean) => samples.filter(({ keeps }) => is(keeps)).length
  expect(ticked('normal')).toBe(count((keeps) => (keeps & 1) === 1))
  expect(ticked('other')).toBe(count((keeps) => keeps > 1))
  expect(ticked('none')).toBe(count((keeps) => keeps === 0))
  expect(load.ticks.some(({ p95 }) => p95 !== null && p95 > 0)).toBe(true)
})

test('a stage may have weights of its own', async () => {
  await using server = await roughServer((socket, { method }) =>
    socket.write(method === 'POST' ? whole('', { status: 201 }) : full),
  )
  const read = interaction('read an article', server.base)
  const write = interaction('write a comment', server.base, [{ id: 7, text: 'a' }], 0)
  await using load = await plays({
    stages: [
      { rate: 100, forMs: 200 },
      { rate: 200, forMs: 200, weights: { [write.id]: 1 } },
      { rate: 100, forMs: 200 },
    ],
    interactions: [read, write],
  })
  await (
    await load.play()
  ).done
  const sent = load.samples().map((sample) => sample.interaction)
  expect(sent).toEqual(upTo(80).map((number) => (number > 20 && number <= 60 ? write.id : read.id)))
})

test('the same order sends the same requests', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  const sent = async () => {
    server.received.length = 0
    await using load = await plays({
      stages: [{ rate: 100, forMs: 300 }],
      interactions: [
        interaction('read an article', server.base, [{ id: 1 }, { id: 2 }], 3),
        interaction('write a comment', server.base, [{ id: 7, text: 'a' }]),
      ],
      seed: 42,
    })
    await (
      await load.play()
    ).done
    return server.received
      .map(({ method, path, headers, body }) => ({ method, path, headers, body }))
      .toSorted((a, b) => (a.headers['x-request-id'] ?? '').localeCompare(b.headers['x-request-id'] ?? ''))
  }
  expect(await sent()).toEqual(await sent())
})

test('no answer is recorded as such and keeps nothing', async () => {
  await using server = await roughServer((socket, request) => {
    const turn = sequenceOf(request) % 3
    if (turn === 0) socket.resetAndDestroy()
    if (turn === 1) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.')
  })
  await using load = await plays({
    stages: [{ rate: 30, forMs: 500 }],
    interactions: [interaction('write a comment', server.base, [{ id: 1, text: 'a' }])],
    timeoutMs: 300,
  })
  expect(await (await load.play()).done).toMatchObject({ due: 15, started: 15, answered: 15 })
  const samples = load.samples()
  expect(samples.length).toBe(15)
  for (const { sequence, keeps, status, error } of samples) {
    const kind = ['reset', 'closed', 'timeout'][sequence % 3]
    expect({ keeps, status, kind: transportErrors[error] }).toEqual({ keeps: 0, status: 0, kind })
  }
  const evidence = load.evidence()
  expect(evidence.find(({ error }) => error?.startsWith('closed'))).toMatchObject({
    response: { status: 200, body: 'five.' },
  })
  expect(evidence.find(({ error }) => error?.startsWith('timeout'))).toMatchObject({ response: null, wanted: [] })
  expect(load.ticks.every(({ p95 }) => p95 === null)).toBe(true)
})

test('a process that was held up sends all that is due at once and tells how late it was', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays({
    stages: [{ rate: 100, forMs: 1_500 }],
    interactions: [interaction('read an article', server.base)],
  })
  const play = await load.play()
  await aMoment(300)
  play.process.signal('SIGSTOP')
  await aMoment(600)
  play.process.signal('SIGCONT')
  const summary = await play.done
  expect(summary).toMatchObject({ due: 150, started: 150, answered: 150 })
  const samples = load.samples()
  expect(samples.map(({ sequence }) => sequence)).toEqual(upTo(150))
  // 600 ms at 100 a second: some 60 were due meanwhile, the first of them almost 600 ms late.
  expect(samples.filter(({ late }) => late > 100).length).toBeGreaterThanOrEqual(40)
  expect(Math.max(...samples.map(({ late }) => late))).toBeGreaterThanOrEqual(550)
  expect(summary.lateP99).toBeGreaterThanOrEqual(500)
})

test('stop sends no more, and awaits what is under way', async () => {
  await using server = await roughServer((socket) => setTimeout(() => socket.write(full), 400))
  await using load = await plays({
    stages: [{ rate: 100, forMs: 20_000 }],
    interactions: [interaction('read an article', server.base)],
  })
  const play = await load.play()
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(20)
  play.stop()
  const { due, started, answered } = await play.done
  expect(started).toBeLessThan(1_000)
  expect(answered).toBe(started)
  expect(due).toBe(started)
  expect(server.received.length).toBe(started)
  const samples = load.samples()
  expect(samples.length).toBe(started)
  expect(samples.every(({ status }) => status === 200)).toBe(true)
})

test('disposing ends the play soon, whatever hangs; what has ended is kept, and the process with it', async () => {
  await using server = await roughServer((socket, request) => void (sequenceOf(request) <= 5 && socket.write(full)))
  await using load = await plays({
    stages: [{ rate: 50, forMs: 20_000 }],
    interactions: [interaction('read an article', server.base)],
    timeoutMs: 10_000,
  })
  const play = await load.play()
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(10)
  const before = performance.now()
  await play[Symbol.asyncDispose]()
  expect(performance.now() - before).toBeLessThan(5_000)
  expect(play.process.hasExited).toBe(false)
  expect(await play.done).toMatchObject({ answered: 5 })
  expect(load.samples().map(({ sequence }) => sequence)).toEqual(upTo(5))
})

test('the process is kept from play to play, and ends when the driver is closed', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  const order = { stages: [{ rate: 50, forMs: 100 }], interactions: [interaction('read an article', server.base)] }
  await using load = await plays(order)
  const first = await load.play()
  await first.done
  const second = await load.play()
  expect(second.process.identity).toEqual(first.process.identity)
  // What is over is left alone: the process plays something else now.
  first.stop()
  await first[Symbol.asyncDispose]()
  expect(await second.done).toMatchObject({ due: 5, answered: 5 })

  const [one, another] = await Promise.all([load.play(), load.play()])
  expect(one.process.identity.pid).not.toBe(another.process.identity.pid)
  await Promise.all([one.done, another.done])
  await load.close()
  expect(await one.process.exited).toEqual({ code: 0, signal: null })
  expect(await another.process.exited).toEqual({ code: 0, signal: null })
})

test('after a process has died, the next play has a new one', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  const order = { stages: [{ rate: 50, forMs: 100 }], interactions: [interaction('read an article', server.base)] }
  await using load = await plays(order)
  const first = await load.play()
  await first.done
  process.kill(first.process.identity.pid, 'SIGKILL')
  await first.process.exited
  expect(await (await load.play()).done).toMatchObject({ answered: 5 })
})

test('when the process is killed the play fails, and the samples are readable to the last whole one', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays({
    stages: [{ rate: 200, forMs: 20_000 }],
    interactions: [interaction('read an article', server.base)],
  })
  const play = await load.play()
  await expect.poll(() => load.samples().length, { timeout: 10_000 }).toBeGreaterThan(50)
  process.kill(play.process.identity.pid, 'SIGKILL')
  await expect(play.done).rejects.toMatchObject({ name: 'BrownoutError', code: 'LOAD_DIED', exitCode: 3 })
  await expect(play.done).rejects.toThrow('SIGKILL')
  const samples = load.samples()
  expect(samples.map(({ sequence }) => sequence)).toEqual(upTo(samples.length))
  expect(samples.every(({ status, keeps }) => status === 200 && keeps === 1)).toBe(true)
})

test('contracts of another hash are refused, naming both', async () => {
  await using load = await plays({ stages: [], interactions: [interaction('read an article', 'http://127.0.0.1:1')] })
  load.order.contracts.hash = 'abcdef'
  await expect(load.play()).rejects.toMatchObject({ name: 'BrownoutError', code: 'LOAD_FAILED', exitCode: 3 })
  await expect(load.play()).rejects.toThrow(new RegExp(`${terms.hash}.*abcdef`))
})

test('a contract that is not there, and a row that lacks a value, are found before anything is sent', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  const interactions = [interaction('read an article', server.base, [{ id: 1 }, { text: 'no id' }])]
  await using load = await plays({ stages: [{ rate: 100, forMs: 100 }], interactions })
  await expect(load.play()).rejects.toThrow('{id}')
  load.order.contracts.files = [join(import.meta.dirname, 'fixtures/nowhere.contract.ts')]
  await expect(load.play()).rejects.toThrow('nowhere.contract.ts')
  expect(server.received).toEqual([])
})

test('a file that cannot be opened fails the start', async () => {
  await using load = await plays({ stages: [], interactions: [interaction('read an article', 'http://127.0.0.1:1')] })
  const samples = join(load.order.into.samples, 'nowhere')
  load.order.into = { ...load.order.into, samples }
  await expect(load.play()).rejects.toThrow(`Failed to write "${samples}"`)
})

test.runIf(process.platform === 'linux')('a full disk ends the play', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays({
    stages: [{ rate: 100, forMs: 20_000 }],
    interactions: [interaction('read an article', server.base)],
  })
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

test('samples of a second play are appended, after what a killed one left half written', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays({
    stages: [{ rate: 50, forMs: 200 }],
    interactions: [interaction('read an article', server.base)],
  })
  await (
    await load.play()
  ).done
  await appendFile(load.order.into.samples, new Uint8Array(17))
  load.order.workload.firstSequence = 11
  await (
    await load.play()
  ).done
  expect(load.samples().map(({ sequence }) => sequence)).toEqual(upTo(20))
})
