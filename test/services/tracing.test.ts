import { expect, test } from 'vitest'
import { answerWith } from './fake.ts'
import { eventually, use } from './processes.ts'
import { startStorefront } from './storefronts.ts'

test('an id and a trace go with every call, and stand in every line of the log', async () => {
  const comments = use(await answerWith(500, {}))
  const storefront = await startStorefront({ COMMENTS_URL: comments.url })
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const { headers } = await storefront.read(2, {
    headers: { 'x-request-id': 'run-1-42', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  })
  expect(headers['x-request-id']).toBe('run-1-42')
  expect(comments.requests[0]).toMatchObject({
    path: '/articles/2/comments',
    headers: {
      'x-request-id': 'run-1-42',
      traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`)),
    },
  })
  await eventually(() => expect(storefront.log).toContainEqual(expect.objectContaining({ msg: 'answered', traceId })))
  const lines = storefront.log.filter(({ msg }) => !msg.startsWith('Server listening'))
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const line of lines) expect(line.requestId).toBe('run-1-42')
})

test('no token reaches the log', async () => {
  const auth = use(await answerWith(200, { user: 'ada' }))
  const storefront = await startStorefront({ AUTH_URL: auth.url })
  await storefront.whoAmI('a-very-secret-token')
  await eventually(() => expect(storefront.log.map(({ msg }) => msg)).toContain('answered'))
  expect(JSON.stringify(storefront.log)).not.toContain('secret')
})
