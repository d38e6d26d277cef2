import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { ask, post, problem } from './answers.ts'
import { startService, use } from './processes.ts'

const message = { id: 'm-1', order: 1, text: 'Your album is being printed.' }

async function startNotifications(env: Record<string, string> = {}) {
  const notifications = use(await startService('notifications', env))
  return {
    ...notifications,
    send: (body: unknown) => post(`${notifications.url}/messages`, body),
    effects: async () => (await ask(`${notifications.url}/effects`)).body,
  }
}

test('sends what comes, and what comes again not again', async () => {
  const { url, send, effects } = await startNotifications()
  expect(await effects()).toEqual({ received: 0, sent: 0, repeated: 0, sentTwice: 0, missing: 0 })
  const again = await Promise.all([send(message), send(message), send(message), send({ ...message, id: 'm-2' })])
  for (const { status, body } of again) expect({ status, body }).toEqual({ status: 202, body: { received: true } })
  expect(await effects()).toEqual({ received: 4, sent: 2, repeated: 2, sentTwice: 0, missing: 0 })
  expect((await ask(`${url}/healthz`)).body).toMatchObject({ status: 'ok', dependencies: {} })
})

test('knows after a crash what it has sent', async () => {
  const { path: DATA } = use(await temporaryFolder())
  const before = await startNotifications({ DATA })
  await before.send(message)
  await before.kill()
  const { send, effects } = await startNotifications({ DATA })
  await send(message)
  expect(await effects()).toEqual({ received: 2, sent: 1, repeated: 1, sentTwice: 0, missing: 0 })
})

test('tells of how many orders before the last one it has told nobody', async () => {
  const { send, effects } = await startNotifications()
  const missingAfter = async (order: number) => {
    await send({ ...message, id: `m-${order}`, order })
    return (await effects()).missing
  }
  expect([await missingAfter(1), await missingAfter(4), await missingAfter(4), await missingAfter(2)]).toEqual([
    0, 2, 2, 1,
  ])
  await send({ ...message, id: 'another of order 4', order: 4 })
  expect(await effects()).toMatchObject({ received: 5, sent: 4, missing: 1 })
  expect(await missingAfter(3)).toBe(0)
})

test('refuses what is no message', async () => {
  const { send, effects } = await startNotifications()
  for (const body of [null, {}, { ...message, id: '' }, { ...message, order: 1.5 }, { ...message, text: 7 }])
    expect(await send(body)).toEqual(problem(400))
  expect(await effects()).toMatchObject({ received: 0, sent: 0 })
})

test('defect forgets-ids: what comes again is sent again', async () => {
  const { send, effects } = await startNotifications({ DEFECTS: 'forgets-ids' })
  for (let i = 0; i < 3; i++) expect(await send(message)).toMatchObject({ status: 202 })
  expect(await effects()).toEqual({ received: 3, sent: 3, repeated: 2, sentTwice: 1, missing: 0 })
})
