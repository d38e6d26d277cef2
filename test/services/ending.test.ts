import { expect, test } from 'vitest'
import { ask } from './answers.ts'
import { eventually, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'
import { startStorefront } from './storefronts.ts'

/** A storefront that was told to end while an article waits for its comments. */
async function endInMidRequest(defects: string) {
  const comments = use(await openRelay(use(await startService('comments')).port))
  const storefront = await startStorefront({ COMMENTS_URL: comments.url, DEFECTS: defects })
  comments.mode = 'silent'
  const underWay = storefront.read(1)
  underWay.catch(() => undefined)
  await eventually(() => expect(comments.opened).toBe(1))
  return { storefront, underWay, stopped: storefront.stop() }
}

test('answers what is under way and what still comes, says goodbye, and ends with 0', async () => {
  // A machine under load may not get to ask in the moment that is left.
  await eventually(async () => {
    const { storefront, underWay, stopped } = await endInMidRequest('')
    expect(await ask(`${storefront.url}/nothing`)).toMatchObject({ status: 404, headers: { connection: 'close' } })
    expect(await underWay).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await stopped).toBe(0)
  })
})

test('does not wait when nobody is connected', async () => {
  await using comments = await startService('comments')
  const asked = performance.now()
  expect(await comments.stop()).toBe(0)
  expect(performance.now() - asked).toBeLessThan(2_000)
})

test('defect drops-on-shutdown: cuts what is under way, turns away what comes', async () => {
  await eventually(async () => {
    const { storefront, underWay, stopped } = await endInMidRequest('drops-on-shutdown')
    await expect(underWay).rejects.toThrow(/fetch failed/)
    expect(await storefront.read(1)).toMatchObject({ status: 503, headers: { connection: 'keep-alive' } })
    expect(await stopped).toBe(0)
  })
})
