import { setTimeout as aMoment } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { bad, full, reduced, refused } from './article-answers.ts'
import { interaction, plays, type Recorded, terms, upTo } from './plays.ts'
import { roughServer, sequenceOf, whole } from './rough-server.ts'

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
