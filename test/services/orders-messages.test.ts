import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { ask } from './answers.ts'
import { answerWith } from './fake.ts'
import { startOrders, times } from './orders-at.ts'
import { eventually, type Running, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'

let notifications: Running
let relay: Relay
const startNotifications = async (defects = '') => {
  notifications = use(await startService('notifications', { DEFECTS: defects }))
  relay = use(await openRelay(notifications.port))
}
const start = (defects = '') => startOrders({ NOTIFICATIONS_URL: relay.url, DEFECTS: defects })
const effectsOfNotifications = async () => (await ask(`${notifications.url}/effects`)).body

describe('customers', () => {
  beforeEach(() => startNotifications())

  test('are told of their order, once', async () => {
    const { order, effects, health } = await start()
    await times(40, (key) => order(key))
    await eventually(async () => expect(await effects()).toMatchObject({ messagesWaiting: 0, oldestMessageMs: 0 }))
    expect(await effectsOfNotifications()).toMatchObject({ sent: 40, sentTwice: 0 })
    expect(await health()).toMatchObject({ status: 'ok', dependencies: { notifications: 'up' } })
  })

  test('may order while notifications is away, and are told later', async () => {
    const { order, effects, health } = await start()
    await relay.refuse()
    const answers = await times(100, (key) => order(key))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    await eventually(async () => expect(await health()).toMatchObject({ dependencies: { notifications: 'down' } }))
    await eventually(async () => expect((await effects()).oldestMessageMs).toBeGreaterThan(0))
    expect(await effects()).toMatchObject({ orders: 100, messagesWaiting: 100 })
    await relay.accept()
    await eventually(async () => expect(await effects()).toMatchObject({ messagesWaiting: 0, oldestMessageMs: 0 }))
    expect(await effectsOfNotifications()).toMatchObject({ sent: 100, sentTwice: 0 })
    expect(await health()).toMatchObject({ dependencies: { notifications: 'up' } })
  })

  test('are told once though no confirmation arrives for a while', async () => {
    const { order, effects } = await start()
    relay.mode = 'silent'
    for (const { status } of await times(30, (key) => order(key))) expect(status).toBe(201)
    await eventually(async () => expect((await effectsOfNotifications()).repeated).toBeGreaterThan(0))
    expect(await effects()).toMatchObject({ orders: 30, messagesWaiting: 30 })
    relay.mode = 'pass'
    await eventually(async () => expect(await effects()).toMatchObject({ messagesWaiting: 0 }))
    expect(await effectsOfNotifications()).toMatchObject({ sent: 30, sentTwice: 0 })
  })

  test('defect notifies-inline: wait for their order as long as no confirmation arrives', async () => {
    const { order } = await start('notifies-inline')
    expect(await order('a')).toMatchObject({ status: 201 })
    relay.mode = 'silent'
    const impatient = { signal: AbortSignal.timeout(1_500) }
    await expect(order('b', undefined, impatient)).rejects.toThrow(/timeout/i)
    // Asking again does not help.
    await expect(order('b', undefined, { signal: AbortSignal.timeout(500) })).rejects.toThrow(/timeout/i)
    relay.mode = 'pass'
    expect(await order('b')).toMatchObject({ status: 200, body: { order: 2 } })
  })
})

test('defect forgets-ids: customers are told twice when a confirmation is lost', async () => {
  await startNotifications('forgets-ids')
  const { order, effects } = await start()
  relay.mode = 'silent'
  await order('a')
  await eventually(async () => expect((await effectsOfNotifications()).repeated).toBeGreaterThan(0))
  relay.mode = 'pass'
  await eventually(async () => expect(await effects()).toMatchObject({ messagesWaiting: 0 }))
  expect(await effectsOfNotifications()).toMatchObject({ sentTwice: 1 })
})

test('a message waits, the same one, as long as it is refused', async () => {
  const stranger = use(await answerWith(500, { title: 'no' }))
  const { order, effects } = await startOrders({ NOTIFICATIONS_URL: stranger.url })
  await order('a', { album: 3, copies: 2 })
  await eventually(() => expect(stranger.requests.length).toBeGreaterThan(2))
  for (const { method, path, body } of stranger.requests) {
    expect([method, path]).toEqual(['POST', '/messages'])
    expect(JSON.parse(body)).toEqual({
      id: JSON.parse(stranger.requests[0]?.body ?? '').id,
      order: 1,
      text: 'Your 2 albums are being printed. Your order is number 1.',
    })
  }
  expect(await effects()).toMatchObject({ messagesWaiting: 1 })
})

test('a connection that has gone silent is given up', async () => {
  let opened = 0
  const open = new Set<unknown>()
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  server.on('connection', (socket) => {
    opened++
    open.add(socket.once('close', () => open.delete(socket)))
  })
  const { order } = await startOrders({ NOTIFICATIONS_URL: await urlOf(server) })
  await order('a')
  await eventually(() => expect(opened).toBeGreaterThan(2))
  await eventually(() => expect(open.size).toBeLessThanOrEqual(1))
})

test('no message is under way twice, and never more than sixteen are', async () => {
  const underWay = new Set<string>()
  const crowds: number[] = []
  const twice: string[] = []
  const server = createServer(async (request, response) => {
    const { id } = JSON.parse(Buffer.concat(await request.toArray()).toString())
    if (underWay.has(id)) twice.push(id)
    underWay.add(id)
    crowds.push(underWay.size)
    response.once('close', () => underWay.delete(id))
    await sleep(150)
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  const { order, effects } = await startOrders({ NOTIFICATIONS_URL: await urlOf(server) })
  await times(60, (key) => order(key))
  await eventually(async () => expect(await effects()).toMatchObject({ orders: 60, messagesWaiting: 0 }))
  expect(twice).toEqual([])
  expect(Math.max(...crowds)).toBe(16)
})

/** Where a server listens, until the end of the test. */
async function urlOf(server: Server): Promise<string> {
  await once(server, 'listening')
  use({ [Symbol.asyncDispose]: async () => (server.closeAllConnections(), void server.close()) })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}
