import { expect, test } from 'vitest'
import type { PlayerPlay } from '../../src/load/driver/player.ts'
import { bad, full, reduced, refused } from './article-answers.ts'
import { byK6, k6Of } from './k6-plays.ts'
import { interaction, type Plays, plays, upTo } from './plays.ts'
import { roughServer, sequenceOf, whole } from './rough-server.ts'

const answers = [full, reduced, refused, bad]

const bySequence = <Item extends { sequence: number }>(items: Item[]) =>
  items.toSorted((a, b) => a.sequence - b.sequence)

async function playToEnd(load: Plays) {
  const play = await load.play()
  return { play, summary: await play.done }
}

test('it sends the same requests as the embedded generator, each when the schedule says, and judges alike', async () => {
  await using server = await roughServer((socket, request) => {
    if (request.method === 'POST') socket.write(whole('', { status: 201 }))
    else socket.write(answers[sequenceOf(request) % 4] ?? '')
  })
  const read = interaction('read an article', server.base, [{ id: 1 }, { id: 2 }, { id: 3 }], 3)
  const write = interaction('write a comment', `${server.base}/shop/`, [{ id: 7, text: 'so "it" is: ü' }])
  const workload = {
    stages: [
      { rate: 100, forMs: 600 },
      // Neither is a whole number of arrivals.
      { rate: 30, forMs: 350 },
      { rate: 0, forMs: 150 },
      { rate: 66.7, forMs: 400, weights: { [write.id]: 1 } },
    ],
    interactions: [read, write],
    seed: 42,
    firstSequence: 1_000,
    timeoutMs: 2_000,
  }
  const count = 60 + 11 + 27
  const outcome = async (load: Plays) => {
    server.received.length = 0
    const { play, summary } = await playToEnd(load)
    expect(summary).toMatchObject({ startedAt: play.startedAt, due: count, started: count, answered: count })
    expect(summary.endedAt - summary.startedAt).toBeGreaterThanOrEqual(1_500)
    expect(summary.cpuMs).toBeGreaterThan(0)
    const samples = bySequence(load.samples())
    for (const { sequence, sentAt, late, took } of samples) {
      const arrival = sequence - 1_000
      const due =
        arrival < 60 ? arrival * 10 : arrival < 71 ? 600 + (arrival - 60) / 0.03 : 1_100 + (arrival - 71) / 0.0667
      // On a busy machine k6 may have begun somewhat earlier than it could tell.
      expect(sentAt - late - play.startedAt - due).toBeLessThan(0.1)
      expect(sentAt - late - play.startedAt - due).toBeGreaterThan(-50)
      expect(late).toBeGreaterThanOrEqual(0)
      expect(took).toBeGreaterThan(0)
    }
    return {
      summary,
      requests: server.received
        .map(({ method, path, body, headers }) => ({ method, path, body, headers }))
        .toSorted((a, b) => (a.headers['x-request-id'] ?? '').localeCompare(b.headers['x-request-id'] ?? '')),
      samples: samples.map(({ sequence, interaction: id, keeps, status, error }) => ({
        sequence,
        id,
        keeps,
        status,
        error,
      })),
    }
  }
  await using embedded = await plays(workload)
  await using k6 = await plays(workload, byK6)
  const ours = await outcome(embedded)
  const theirs = await outcome(k6)
  expect(theirs.samples).toEqual(ours.samples)
  expect(theirs.samples.map(({ sequence }) => sequence)).toEqual(upTo(count, 1_000))
  // Only undici says that it keeps its connections.
  const sent = ({ requests }: typeof ours) =>
    requests.map(({ headers, ...request }) => ({ ...request, headers: { ...headers, connection: 'keep-alive' } }))
  expect(sent(theirs)).toEqual(sent(ours))
  expect(theirs.summary.tool).toEqual({ exit: 'exit code 0', virtualUsers: expect.any(Number) })
  expect(k6.evidence().find(({ keeps }) => keeps === 0)).toMatchObject({
    error: null,
    request: { headers: { 'x-request-id': expect.stringMatching(/^run-\d+$/), 'user-agent': 'brownout' } },
    response: { status: 200, body: '{"id":"one"}', headers: { 'content-type': 'application/json' } },
  })
  expect(JSON.stringify(k6.evidence())).not.toContain('not to be seen')
})

test.each([
  ['stopped', (play: PlayerPlay) => play.stop()],
  ['disposed of', (play: PlayerPlay) => play[Symbol.asyncDispose]()],
])('a play that is %s leaves no k6', async (_, end) => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays(
    { stages: [{ rate: 50, forMs: 20_000 }], interactions: [interaction('read an article', server.base)] },
    byK6,
  )
  const play = await load.play()
  const k6 = k6Of(play) ?? 0
  expect(k6).toBeGreaterThan(0)
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(10)
  await end(play)
  expect((await play.done).tool?.exit).toBe('ended by Brownout')
  expect(() => process.kill(k6, 0)).toThrow('ESRCH')
})

test('k6 that was held up sends all that is due at once and tells how late it was', async () => {
  await using server = await roughServer((socket) => socket.write(full))
  await using load = await plays(
    { stages: [{ rate: 100, forMs: 1_500 }], interactions: [interaction('read an article', server.base)] },
    byK6,
  )
  const play = await load.play()
  const k6 = k6Of(play) ?? 0
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBeGreaterThan(5)
  process.kill(k6, 'SIGSTOP')
  await new Promise((resolve) => setTimeout(resolve, 600))
  process.kill(k6, 'SIGCONT')
  const summary = await play.done
  expect(summary).toMatchObject({ due: 150, started: 150, answered: 150 })
  expect(load.samples().filter(({ late }) => late > 100).length).toBeGreaterThanOrEqual(40)
  expect(summary.lateP99).toBeGreaterThanOrEqual(500)
})
