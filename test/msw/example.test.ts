import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import contract from '../../contracts/storefront--auth.contract.ts'
import { hang, listen, mockService } from '../../src/msw/api.ts'

const auth = mockService(contract, { baseUrl: 'http://auth.test' })
const server = setupServer(...auth.handlers)
beforeAll(() => listen(server))
afterEach(() => auth.reset())
afterAll(() => server.close())

/** The consumer's own code. */
async function whoIs(token: string): Promise<string> {
  try {
    const response = await fetch(`http://auth.test/sessions/${token}`, { signal: AbortSignal.timeout(400) })
    if (response.status === 503) return 'somebody: auth says to come back later'
    return ((await response.json()) as { user: string }).user
  } catch {
    return 'somebody: auth does not answer'
  }
}

test('knows who it is, and gets along without Redis', async () => {
  expect(await whoIs('a-token')).toEqual(expect.any(String))
  expect(auth.requests['look a session up']).toMatchObject([{ method: 'GET', path: '/sessions/a-token' }])

  auth.under('redis: unavailable')
  expect(await whoIs('a-token')).toBe('somebody: auth says to come back later')
})

test('does not wait forever', async () => {
  auth.next('look a session up', hang())
  expect(await whoIs('a-token')).toBe('somebody: auth does not answer')
})
