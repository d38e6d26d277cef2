import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { callsTo } from '../../services/chassis/call.ts'
import { background } from '../../services/chassis/trace.ts'
import { Jobs } from '../../services/imaging/jobs.ts'
import { Printing } from '../../services/imaging/printing.ts'
import { ask } from './answers.ts'
import { answerWith } from './fake.ts'
import { startOrders, times } from './orders-at.ts'
import { eventually, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'

async function startImaging(ordersUrl: string, defects = '') {
  const env = { ORDERS_URL: ordersUrl, INSTANCE: 'imaging#1', DEFECTS: defects }
  const imaging = use(await startService('imaging', env))
  return {
    ...imaging,
    effects: async () => (await ask(`${imaging.url}/effects`)).body,
    health: async () => (await ask(`${imaging.url}/healthz`)).body,
  }
}

test('renders a picture for every job, each another', async () => {
  const orders = await startOrders()
  const imaging = await startImaging(orders.url)
  await times(6, (key) => orders.order(key, { album: 3, copies: 1 }))
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 6, jobsWithoutImage: 0 }))
  expect(await orders.effects()).toMatchObject({ jobsReclaimed: 0, completionsRefused: 0, oldestOpenJobMs: 0 })
  expect(await imaging.effects()).toEqual({ claimed: 6, rendered: 6, completed: 6, refused: 0, pictures: 0 })
  expect(await imaging.health()).toMatchObject({ instance: 'imaging#1', dependencies: { orders: 'up' } })

  using store = new DatabaseSync(join(orders.data, 'store.sqlite'), { readOnly: true })
  const images = store.prepare('SELECT image FROM jobs').all() as { image: string }[]
  const pictures = images.map(({ image }) => JSON.parse(image))
  for (const picture of pictures) expect(picture).toMatchObject({ width: 96, height: 72, bytes: expect.any(Number) })
  expect(new Set(pictures.map(({ sha256 }) => sha256)).size).toBe(6)
})

test('two share the work, each two jobs at a time', async () => {
  const orders = await startOrders()
  await times(24, (key) => orders.order(key))
  const machines = await Promise.all([startImaging(orders.url), startImaging(orders.url)])
  const leased: number[] = []
  await eventually(async () => {
    const { jobsLeased, jobsDone } = await orders.effects()
    leased.push(jobsLeased)
    expect(jobsDone).toBe(24)
  })
  expect(Math.max(...leased)).toBeLessThanOrEqual(4)
  const effects = await Promise.all(machines.map((machine) => machine.effects()))
  expect(effects.map(({ claimed }) => claimed).reduce((one, other) => one + other)).toBe(24)
  expect(await orders.effects()).toMatchObject({ jobsReclaimed: 0, completionsRefused: 0 })
})

test('a job of a killed machine is handed out again, and done once', async () => {
  const orders = await startOrders()
  await times(30, (key) => orders.order(key))
  const machine = await startImaging(orders.url)
  await eventually(async () => expect((await orders.effects()).jobsLeased).toBe(2))
  await machine.kill()
  const { jobsLeased, jobsDone } = await orders.effects()
  expect(jobsLeased).toBeGreaterThan(0)

  const again = await startImaging(orders.url)
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 30 }))
  expect(await orders.effects()).toMatchObject({
    jobsReclaimed: jobsLeased,
    completionsRefused: 0,
    jobsWithoutImage: 0,
    ordersWithSeveralJobs: 0,
  })
  expect(await again.effects()).toMatchObject({ completed: 30 - jobsDone })
})

test('waits for orders that is away, and goes on when it is back', async () => {
  const orders = await startOrders()
  const relay = use(await openRelay(orders.port))
  await relay.refuse()
  const imaging = await startImaging(relay.url)
  await eventually(async () => expect(await imaging.health()).toMatchObject({ dependencies: { orders: 'down' } }))
  await orders.order('a')
  await relay.accept()
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 1 }))
  relay.mode = 'silent'
  await eventually(async () => expect(await imaging.health()).toMatchObject({ dependencies: { orders: 'down' } }))
  relay.mode = 'pass'
  await eventually(async () => expect(await imaging.health()).toMatchObject({ dependencies: { orders: 'up' } }))
})

test('a report whose answer is lost is not repeated', async () => {
  const orders = await startOrders()
  const relay = use(await openRelay(orders.port))
  const imaging = await startImaging(relay.url)
  await times(4, (key) => orders.order(key))
  await eventually(async () => expect((await orders.effects()).jobsLeased).toBe(2))
  relay.mode = 'silent'
  await eventually(() => expect(imaging.log.map(({ msg }) => msg)).toContain('a job is left to its lease'))
  relay.mode = 'pass'
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 4, completionsRefused: 0 }))
})

test('a job is not reported by whom its lease is over', async () => {
  const orders = use(await answerWith(200, { accepted: true }))
  const printing = new Printing(new Jobs(callsTo(orders.url), 'a test'))
  const job = { id: 1, order: 1, album: 1, lease: 'mine', caller: background() }
  const now = performance.now()
  await expect(printing.print({ ...job, goodUntil: now })).rejects.toThrow('the lease is over')
  expect(orders.requests).toEqual([])
  await printing.print({ ...job, goodUntil: now + 60_000 })
  expect(orders.requests).toMatchObject([{ path: '/jobs/1/completion' }])
})

test('ends when its jobs are done', async () => {
  const orders = await startOrders()
  await times(30, (key) => orders.order(key))
  const imaging = await startImaging(orders.url)
  await eventually(async () => expect((await orders.effects()).jobsLeased).toBe(2))
  expect(await imaging.stop()).toBe(0)
  expect(await orders.effects()).toMatchObject({ jobsLeased: 0 })
})

test('defect acks-early: a killed machine leaves jobs that look done and have no picture', async () => {
  const orders = await startOrders()
  await times(30, (key) => orders.order(key))
  const imaging = await startImaging(orders.url, 'acks-early')
  await eventually(async () => expect((await orders.effects()).jobsWithoutImage).toBe(2))
  await imaging.kill()
  const { jobsDone, jobsWithoutImage } = await orders.effects()
  expect(jobsWithoutImage).toBeGreaterThan(0)

  // Nobody takes them for open: only others are handed out.
  await startImaging(orders.url)
  await eventually(async () => expect((await orders.effects()).jobsDone).toBeGreaterThan(jobsDone))
  expect(await orders.effects()).toMatchObject({ jobsWithoutImage })
})

test('defect acks-early: with time enough the picture follows', async () => {
  const orders = await startOrders()
  await startImaging(orders.url, 'acks-early')
  await orders.order('a')
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 1, jobsWithoutImage: 0 }))
  expect(await orders.effects()).toMatchObject({ completionsRefused: 0 })
})

test('defect renders-twice: the second report of a job is refused', async () => {
  const orders = await startOrders()
  const imaging = await startImaging(orders.url, 'renders-twice')
  await times(3, (key) => orders.order(key))
  await eventually(async () => expect(await orders.effects()).toMatchObject({ jobsDone: 3, completionsRefused: 3 }))
  await eventually(async () =>
    expect(await imaging.effects()).toMatchObject({ claimed: 3, rendered: 6, completed: 3, refused: 3 }),
  )
})
