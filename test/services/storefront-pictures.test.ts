import { expect, test } from 'vitest'
import { comeBackLater, post, problem } from './answers.ts'
import { answerWith, type Fake } from './fake.ts'
import { eventually, freePort, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

const shown = { picture: 'f'.repeat(64), width: 320, height: 240, bytes: 900 }
const isShown = { status: 201, body: shown }
const inTheEnd = { timeout: 10_000 }

async function start(...imaging: (Fake | string)[]) {
  const urls = imaging.map((each) => (typeof each === 'string' ? each : each.url))
  const { url } = await startStorefront({ IMAGING_URLS: urls.join() })
  return { upload: () => post(`${url}/pictures`, { name: 'lake', width: 320, height: 240 }) }
}

test('goes to the imaging instances in turn, and the answer back', async () => {
  const [one, other] = [use(await answerWith(201, shown)), use(await answerWith(201, shown))]
  const storefront = await start(one, other)
  for (let i = 0; i < 6; i++) await expect.poll(storefront.upload, inTheEnd).toMatchObject(isShown)
  for (const { requests } of [one, other]) expect(requests.length).toBeGreaterThanOrEqual(3)
  expect(one.requests[0]).toMatchObject({ method: 'POST', path: '/pictures' })
  expect(JSON.parse(one.requests[0]?.body ?? '')).toEqual({ name: 'lake', width: 320, height: 240 })
})

test('goes to the other one while one is gone', async () => {
  const alive = use(await answerWith(201, shown))
  const storefront = await start(`http://127.0.0.1:${await freePort()}`, alive)
  await expect.poll(storefront.upload, inTheEnd).toMatchObject(isShown)
  for (let i = 0; i < 8; i++) expect(await storefront.upload()).toMatchObject(isShown)
})

test('is refused cleanly when none is there, or none has room', async () => {
  const nowhere = `http://127.0.0.1:${await freePort()}`
  expect(await (await start(nowhere, nowhere)).upload()).toEqual(comeBackLater)
  const full = use(await answerWith(503, { title: 'later' }, { 'retry-after': '1' }))
  expect(await (await start(full, full)).upload()).toEqual(comeBackLater)
})

test('needs what imaging needs', async () => {
  const strict = use(await answerWith(400, { title: 'no' }))
  await expect.poll((await start(strict)).upload, inTheEnd).toEqual(problem(400))
})

test('is refused cleanly while both hang, before the balancer gives the storefront up', async () => {
  const relay = use(await openRelay(Number(new URL(use(await answerWith(201, shown)).url).port)))
  relay.mode = 'silent'
  const firstAnswer = async () => {
    const { url } = await startStorefront({ IMAGING_URLS: `${relay.url},${relay.url}` })
    const balancer = use(await startService('balancer', { STOREFRONT_URLS: url }))
    return post(`${balancer.url}/pictures`, { name: 'lake', width: 320, height: 240 })
  }
  // A storefront on a machine under load may be late; later answers come from a breaker that is open.
  await eventually(async () => expect(await firstAnswer()).toEqual(comeBackLater))
})
