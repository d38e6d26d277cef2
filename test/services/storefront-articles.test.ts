import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { ask, problem } from './answers.ts'
import { answerWith } from './fake.ts'
import { eventually, type Running, startService, use } from './processes.ts'
import { openRelay, type Relay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

const article = { id: 1, title: 'Matt or glossy?', text: 'Light, fingers and frames: how to choose the paper.' }

function full() {
  const comment = { author: expect.any(String), text: expect.any(String) }
  const unmarked = expect.not.objectContaining({ 'x-degraded': expect.anything() })
  return { status: 200, headers: unmarked, body: { ...article, comments: [comment, comment] } }
}

function withoutComments() {
  const marked = expect.objectContaining({ 'x-degraded': 'comments' })
  return { status: 200, headers: marked, body: { ...article, comments: [], commentsUnavailable: true } }
}

let comments: Running
let relay: Relay
beforeEach(async () => {
  comments = use(await startService('comments'))
  relay = use(await openRelay(comments.port))
})
const start = (defects = '') => startStorefront({ COMMENTS_URL: relay.url, DEFECTS: defects })

test('comes with its comments; another one is not found', async () => {
  const storefront = await start()
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  expect(await storefront.read(99)).toEqual(problem(404))
  expect(await ask(`${storefront.url}/nothing`)).toEqual(problem(404))
})

test('comes without them when they are refused, and with them again', async () => {
  const storefront = await start()
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  await relay.refuse()
  for (let i = 0; i < 10; i++) expect(await storefront.read(1)).toEqual(withoutComments())
  await relay.accept()
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
})

test('comes without them when they hang, and soon without asking', async () => {
  const storefront = await start()
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  relay.mode = 'silent'
  for (let i = 0; i < 6; i++) expect(await storefront.read(1)).toEqual(withoutComments())
  const { opened } = relay
  const asked = performance.now()
  const answers = await Promise.all(Array.from({ length: 30 }, () => storefront.read(1)))
  for (const answer of answers) expect(answer).toEqual(withoutComments())
  // The breaker is open, and lets one call a second through at most.
  expect(relay.opened - opened).toBeLessThanOrEqual(1 + (performance.now() - asked) / 1_000)
  relay.mode = 'pass'
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
})

test('comes without them when they are slow', async () => {
  const storefront = await start()
  relay.mode = { lateMs: 3_000 }
  const asked = performance.now()
  expect(await storefront.read(1)).toEqual(withoutComments())
  expect(performance.now() - asked).toBeLessThan(2_500)
})

test.for([
  ['an error', 500, { title: 'no' }],
  ['something else', 200, { comments: [{ by: 'Ada' }] }],
  ['half an answer', 200, '{"comments": ['],
] as const)('comes without them when comments answer %s', async ([, status, body]) => {
  const wrong = use(await answerWith(status, body))
  expect(await (await startStorefront({ COMMENTS_URL: wrong.url })).read(1)).toEqual(withoutComments())
  expect(wrong.requests).toHaveLength(1)
})

test('defect comments-required: no article without comments', async () => {
  const storefront = await start('comments-required')
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  await comments.kill()
  expect(await storefront.read(1)).toEqual(problem(500))
})

test('defect no-timeout: an article waits as long as comments hang', async () => {
  const storefront = await start('no-timeout')
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  relay.mode = 'silent'
  await expect(storefront.read(1, { signal: AbortSignal.timeout(1_500) })).rejects.toThrow(/timeout/i)
})

test('defect wrong-fallback: an empty list that does not say why', async () => {
  const storefront = await start('wrong-fallback')
  await relay.refuse()
  expect(await storefront.read(1)).toEqual({ ...full(), body: { ...article, comments: [] } })
})

test('defect breaker-stays-open: never with them again', async () => {
  const storefront = await start('breaker-stays-open')
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  await relay.refuse()
  for (let i = 0; i < 6; i++) expect(await storefront.read(1)).toEqual(withoutComments())
  await relay.accept()
  const { opened } = relay
  // Longer than a breaker is open.
  for (let i = 0; i < 30; i++) {
    expect(await storefront.read(1)).toEqual(withoutComments())
    await sleep(50)
  }
  expect(relay.opened).toBe(opened)
})

test('defect endless-retries: four requests to comments for one to the storefront', async () => {
  const storefront = await start('endless-retries')
  await eventually(async () => expect(await storefront.read(1)).toEqual(full()))
  relay.mode = 'silent'
  const { opened } = relay
  for (let i = 0; i < 3; i++) expect(await storefront.read(1)).toEqual(withoutComments())
  expect(relay.opened - opened).toBeGreaterThanOrEqual(9)
})
