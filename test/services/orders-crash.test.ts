import { expect, test } from 'vitest'
import { ask } from './answers.ts'
import { startOrders } from './orders-at.ts'
import { eventually, startService, use } from './processes.ts'

/** Sixteen customers who order one album after the other, each under a key of its own, until orders is gone. */
async function orderUntilKilled(orders: Awaited<ReturnType<typeof startOrders>>, enough: number) {
  const accepted = new Map<string, number>()
  const unanswered: string[] = []
  const customer = async (name: number) => {
    for (let i = 0; ; i++) {
      const key = `${name}-${i}`
      try {
        accepted.set(key, (await orders.order(key)).body.order)
      } catch {
        return unanswered.push(key)
      }
      if (accepted.size === enough) void orders.kill()
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, name) => customer(name)))
  return { accepted, unanswered }
}

test('what was accepted outlives a kill in mid-load, and no number is missing', async () => {
  const before = await startOrders()
  const { accepted, unanswered } = await orderUntilKilled(before, 200)
  expect(accepted.size).toBeGreaterThanOrEqual(200)
  expect(unanswered).toHaveLength(16)

  const { order, effects } = await startOrders({ DATA: before.data, PORT: String(before.port) })
  const { orders } = await effects()
  expect(orders).toBeGreaterThanOrEqual(accepted.size)
  for (const [key, number] of accepted) expect(await order(key)).toMatchObject({ status: 200, body: { order: number } })
  expect(await effects()).toMatchObject({ orders, missingOrders: 0, ordersWithoutJob: 0, messagesWaiting: orders })

  // Those who were not answered ask again, and nobody orders twice.
  for (const key of unanswered) expect((await order(key)).body.order).toBeLessThanOrEqual(accepted.size + 16)
  expect(await effects()).toMatchObject({
    orders: accepted.size + unanswered.length,
    missingOrders: 0,
    keysWithSeveralOrders: 0,
    ordersWithoutJob: 0,
    ordersWithSeveralJobs: 0,
  })
})

test('leases outlive a kill, and messages that were not sent', async () => {
  const before = await startOrders()
  await before.order('a')
  const job = await before.claim()
  if (!job) throw new Error('there is no job')
  await before.kill()

  const notifications = use(await startService('notifications'))
  const { complete, effects } = await startOrders({ DATA: before.data, NOTIFICATIONS_URL: notifications.url })
  expect(await complete(job)).toMatchObject({ status: 200 })
  await eventually(async () => expect(await effects()).toMatchObject({ jobsDone: 1, messagesWaiting: 0 }))
  expect((await ask(`${notifications.url}/effects`)).body).toMatchObject({ sent: 1 })
})

test('defect commits-after-reply: what was accepted last is lost, and its numbers are missing', async () => {
  const before = await startOrders({ DEFECTS: 'commits-after-reply' })
  expect(await before.order('a')).toMatchObject({ status: 201, body: { order: 1 } })
  expect(await before.order('a')).toMatchObject({ status: 200, body: { order: 1 } })
  await eventually(async () => expect(await before.effects()).toMatchObject({ orders: 1, missingOrders: 0 }))
  const { accepted } = await orderUntilKilled(before, 100)

  const { order, effects } = await startOrders({ DATA: before.data, DEFECTS: 'commits-after-reply' })
  const { missingOrders } = await effects()
  expect(missingOrders).toBeGreaterThan(0)
  const lost = []
  for (const key of accepted.keys()) if ((await order(key)).status === 201) lost.push(key)
  expect(lost.length).toBeGreaterThan(0)
  await eventually(async () => expect(await effects()).toMatchObject({ missingOrders }))
})
