import { expect, test } from 'vitest'
import { ask, comeBackLater, post, problem } from './answers.ts'
import { times } from './orders-at.ts'
import { freePort, startService, use } from './processes.ts'

const lake = { name: 'lake', width: 4_000, height: 3_000 }

/** Without any orders: pictures do not need it. */
async function startImaging() {
  const imaging = use(await startService('imaging', { ORDERS_URL: `http://127.0.0.1:${await freePort()}` }))
  return {
    ...imaging,
    upload: (picture: unknown) => post(`${imaging.url}/pictures`, picture),
    effects: async () => (await ask(`${imaging.url}/effects`)).body,
  }
}

test('makes a small picture of a large one, and the same one again', async () => {
  const { upload, effects } = await startImaging()
  const first = await upload(lake)
  expect(first).toMatchObject({
    status: 201,
    body: { picture: expect.stringMatching(/^[0-9a-f]{64}$/), width: 96, height: 72, bytes: expect.any(Number) },
  })
  expect((await upload(lake)).body).toEqual(first.body)
  expect((await upload({ ...lake, name: 'sea' })).body.picture).not.toBe(first.body.picture)
  expect(await effects()).toMatchObject({ pictures: 3 })
})

test.for([
  { of: [3_000, 4_000], is: [72, 96] },
  { of: [10_000, 3], is: [96, 1] },
  { of: [20, 30], is: [20, 30] },
])('keeps the proportions, and makes nothing larger: %j', async ({ of: [width, height], is }) => {
  const { upload } = await startImaging()
  const { body } = await upload({ name: 'lake', width, height })
  expect([body.width, body.height]).toEqual(is)
})

test('refuses what is no picture', async () => {
  const { upload } = await startImaging()
  for (const picture of [null, {}, { ...lake, name: '' }, { ...lake, width: 0 }, { ...lake, height: 1.5 }])
    expect(await upload(picture)).toEqual(problem(400))
})

test('turns away what it cannot make in time', async () => {
  const { upload, effects } = await startImaging()
  const answers = await times(200, () => upload(lake))
  const made = answers.filter(({ status }) => status === 201)
  const refused = answers.filter(({ status }) => status !== 201)
  // Eight at once, and sixty-four that wait.
  expect(made.length).toBeGreaterThanOrEqual(72)
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) expect(answer).toEqual(comeBackLater)
  expect(await effects()).toMatchObject({ pictures: made.length })
  expect(await upload(lake)).toMatchObject({ status: 201 })
})
