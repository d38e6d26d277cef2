import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { ask, problem } from './answers.ts'
import { image, startOrders, times } from './orders-at.ts'
import { eventually } from './processes.ts'

/** Effects of a service where nothing went wrong, and nothing waits but messages. */
const allIsWell = {
  missingOrders: 0,
  keysWithSeveralOrders: 0,
  ordersWithoutJob: 0,
  ordersWithSeveralJobs: 0,
  jobsReclaimed: 0,
  jobsCompletedTwice: 0,
  completionsRefused: 0,
  jobsWithoutImage: 0,
  oldestWithoutImageMs: 0,
}

describe('an order', () => {
  test('is taken once for each key', async () => {
    const { order, effects } = await startOrders()
    const first = await order('a', { album: 7, copies: 2 })
    expect(first).toMatchObject({ status: 201, body: { order: 1, album: 7, copies: 2, status: 'accepted' } })
    expect(await order('a', { album: 7, copies: 2 })).toMatchObject({ status: 200, body: first.body })
    expect(await order('b')).toMatchObject({ status: 201, body: { order: 2 } })
    expect(await effects()).toMatchObject({ ...allIsWell, orders: 2, jobsWaiting: 2, messagesWaiting: 2 })
  })

  test('is not another one under the same key', async () => {
    const { order, effects } = await startOrders()
    await order('a', { album: 7, copies: 2 })
    for (const wish of [
      { album: 8, copies: 2 },
      { album: 7, copies: 3 },
    ])
      expect(await order('a', wish)).toEqual(problem(422))
    expect(await order('a', { album: 7, copies: 2 })).toMatchObject({ status: 200, body: { order: 1 } })
    expect(await effects()).toMatchObject({ ...allIsWell, orders: 1 })
  })

  test('is taken once when its key comes many times at once', async () => {
    const { order, effects } = await startOrders()
    const answers = await times(20, () => order('a'))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201])
    expect(new Set(answers.map(({ body }) => body.order))).toEqual(new Set([1]))
    expect(await effects()).toMatchObject({ orders: 1, jobsWaiting: 1 })
  })

  test('has a number without a gap before it', async () => {
    const { order, effects } = await startOrders()
    const numbers = (await times(50, (key) => order(key))).map(({ body }) => body.order)
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(await effects()).toMatchObject({ ...allIsWell, orders: 50 })
  })

  test('is stored with its job and its message, or not at all', async () => {
    const { order, effects, data } = await startOrders()
    await order('a')
    using database = new DatabaseSync(join(data, 'store.sqlite'))
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
    expect(await order('b')).toEqual(problem(500))
    expect(await effects()).toMatchObject({ ...allIsWell, orders: 1, jobsWaiting: 1, messagesWaiting: 1 })
    database.exec('DROP TRIGGER full')
    expect(await order('b')).toMatchObject({ status: 201, body: { order: 2 } })
  })

  test('needs a key, an album and a number of copies', async () => {
    const { url, order, effects } = await startOrders()
    for (const wish of [
      null,
      {},
      { album: 1 },
      { album: '1', copies: 1 },
      { album: 1, copies: 0 },
      { album: 1, copies: 101 },
    ])
      expect(await order('a', wish)).toEqual(problem(400))
    expect(await order('')).toEqual(problem(400))
    expect(await ask(`${url}/orders`, { method: 'POST' })).toEqual(problem(400))
    expect(await effects()).toMatchObject({ orders: 0, missingOrders: 0 })
  })

  test('defect not-idempotent: a key makes several', async () => {
    const { order, effects } = await startOrders({ DEFECTS: 'not-idempotent' })
    expect(await order('a')).toMatchObject({ status: 201, body: { order: 1 } })
    expect(await order('a')).toMatchObject({ status: 201, body: { order: 2 } })
    expect(await order('b')).toMatchObject({ status: 201, body: { order: 3 } })
    expect(await effects()).toMatchObject({ orders: 3, keysWithSeveralOrders: 1, missingOrders: 0, jobsWaiting: 3 })
  })
})

describe('a print job', () => {
  test('is handed out, the oldest first', async () => {
    const { order, claim } = await startOrders()
    expect(await claim()).toBeNull()
    for (const key of ['a', 'b', 'c']) await order(key)
    expect([await claim(), await claim(), await claim()]).toMatchObject([{ order: 1 }, { order: 2 }, { order: 3 }])
    expect(await claim()).toBeNull()
  })

  test('is handed to one, though many ask at once', async () => {
    const { order, claim, effects } = await startOrders()
    await times(3, (key) => order(key))
    const jobs = await times(10, claim)
    const handedOut = jobs.filter((job) => job !== null)
    expect(handedOut.map(({ order: number }) => number).sort()).toEqual([1, 2, 3])
    expect(new Set(handedOut.map(({ lease }) => lease)).size).toBe(3)
    expect(await effects()).toMatchObject({ ...allIsWell, jobsWaiting: 0, jobsLeased: 3, jobsDone: 0 })
  })

  test('says what to print, and for how long it is leased', async () => {
    const { order, claim } = await startOrders()
    await order('a', { album: 7, copies: 2 })
    const lease = expect.stringMatching(/^[0-9a-f-]{36}$/)
    expect(await claim()).toEqual({ id: 1, order: 1, album: 7, copies: 2, lease, leaseMs: 3_000 })
  })

  test('is done once, by who has its lease', async () => {
    const { order, claim, complete, effects } = await startOrders()
    await order('a')
    const job = some(await claim())
    expect(await complete({ ...job, lease: 'another' })).toEqual(problem(409))
    expect(await complete(job)).toMatchObject({ status: 200, body: { accepted: true } })
    expect(await complete(job)).toEqual(problem(409))
    expect(await complete({ ...job, id: 99 })).toEqual(problem(409))
    expect(await effects()).toMatchObject({ jobsLeased: 0, jobsDone: 1, completionsRefused: 2, oldestOpenJobMs: 0 })
    expect(await effects()).toMatchObject({ jobsCompletedTwice: 0 })
    expect(await claim()).toBeNull()
  })

  test('is seen to be done twice where nothing keeps it from that', async () => {
    const { order, claim, complete, effects, data } = await startOrders()
    await times(2, (key) => order(key))
    const [job, other] = [some(await claim()), some(await claim())]
    for (const each of [job, other]) expect(await complete(each)).toMatchObject({ status: 200 })
    expect(await effects()).toMatchObject({ jobsDone: 2, jobsCompletedTwice: 0 })
    using database = new DatabaseSync(join(data, 'store.sqlite'), { timeout: 5_000 })
    database.prepare('UPDATE jobs SET done_at = NULL WHERE id = ?').run(job.id)
    expect(await complete(job)).toMatchObject({ status: 200 })
    expect(await effects()).toMatchObject({ jobsDone: 2, jobsCompletedTwice: 1, completionsRefused: 0 })
  })

  test('is handed out again when its lease is over, and its first holder is refused', async () => {
    const { order, claim, complete, effects } = await startOrders()
    await order('a')
    const first = some(await claim())
    expect(await claim()).toBeNull()
    expect(await effects()).toMatchObject({ jobsLeased: 1, jobsWaiting: 0 })
    const second = await eventually(async () => some(await claim()))
    expect(second).toEqual({ ...first, lease: expect.not.stringMatching(first.lease) })
    expect(await effects()).toMatchObject({ jobsReclaimed: 1, completionsRefused: 0 })
    expect(await complete(first)).toEqual(problem(409))
    expect(await complete(second)).toMatchObject({ status: 200 })
    expect(await effects()).toMatchObject({ jobsDone: 1, jobsReclaimed: 1, completionsRefused: 1 })
  })

  test('may be reported without its image, which follows', async () => {
    const { order, claim, complete, addImage, effects } = await startOrders()
    await order('a')
    const job = some(await claim())
    expect(await addImage(job)).toEqual(problem(409))
    expect(await complete(job, null)).toMatchObject({ status: 200 })
    await eventually(async () => expect((await effects()).oldestWithoutImageMs).toBeGreaterThan(0))
    expect(await effects()).toMatchObject({ jobsDone: 1, jobsWithoutImage: 1 })
    expect(await addImage({ ...job, lease: 'another' })).toEqual(problem(409))
    expect(await addImage(job)).toMatchObject({ status: 200, body: { accepted: true } })
    expect(await addImage(job)).toEqual(problem(409))
    expect(await effects()).toMatchObject({ jobsWithoutImage: 0, oldestWithoutImageMs: 0, completionsRefused: 3 })
  })

  test('is not done by what makes no sense', async () => {
    const { url, order, claim, complete, addImage, effects } = await startOrders()
    await order('a')
    const job = some(await claim())
    for (const what of [{}, 'a picture', { ...image, bytes: 0 }, { ...image, sha256: null }])
      expect(await complete(job, what)).toEqual(problem(400))
    expect(await addImage(job, null)).toEqual(problem(400))
    expect(await ask(`${url}/jobs/claim`, { method: 'POST' })).toEqual(problem(400))
    expect(await ask(`${url}/jobs/first/completion`, { method: 'POST' })).toEqual(problem(404))
    expect(await effects()).toMatchObject({ jobsDone: 0, completionsRefused: 0 })
  })
})

test('effects tell what is missing and what is too much', async () => {
  const { order, effects, data, claim, complete } = await startOrders()
  await times(6, (key) => order(key))
  await complete(some(await claim()))
  await eventually(async () => {
    const { oldestOpenJobMs, oldestMessageMs } = await effects()
    expect(Math.min(oldestOpenJobMs, oldestMessageMs)).toBeGreaterThan(0)
  })
  using database = new DatabaseSync(join(data, 'store.sqlite'), { timeout: 5_000 })
  database.exec(`
    DELETE FROM jobs WHERE "order" = 2;
    INSERT INTO jobs ("order", placed_at) VALUES (3, 0);
    PRAGMA foreign_keys = OFF;
    DELETE FROM jobs WHERE "order" = 4;
    DELETE FROM messages WHERE "order" = 4;
    DELETE FROM orders WHERE number = 4;
  `)
  expect(await effects()).toMatchObject({
    orders: 5,
    missingOrders: 1,
    ordersWithoutJob: 1,
    ordersWithSeveralJobs: 1,
    jobsWaiting: 4,
    jobsDone: 1,
    messagesWaiting: 5,
  })
})

function some<Value>(value: Value | null): Value {
  if (value === null) throw new Error('there is no job')
  return value
}
