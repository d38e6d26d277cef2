import { createServer } from 'node:http'
import { once } from 'node:events'
import { setupServer } from 'msw/node'
import { Pool } from 'undici'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { intercept, listen, mockService } from '../../src/msw/api.ts'
import { assertMsw, assertMsw3 } from '../../src/msw/version.ts'
import { contract } from './article.ts'

const storefront = mockService(contract, { baseUrl: 'http://storefront.test' })

/** The network that no request of a test should get to. */
let reached = 0
const network = createServer((_, response) => {
  reached++
  response.end('the network')
})
let outside = ''
beforeAll(async () => {
  network.listen(0, '127.0.0.1')
  await once(network, 'listening')
  outside = `http://127.0.0.1:${(network.address() as { port: number }).port}`
})
afterAll(() => {
  network.closeAllConnections()
  network.close()
})

/** A server of MSW until the end of the test; what MSW prints is kept off the output. */
function serverOf() {
  for (const method of ['error', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => undefined)
  const server = setupServer(...storefront.handlers)
  onTestFinished(() => {
    server.close()
    vi.restoreAllMocks()
  })
  return server
}

async function requestsThatLeave(send: () => Promise<unknown>): Promise<number> {
  const before = reached
  await send().catch(() => undefined)
  return reached - before
}

test('MSW 3 takes no notice of onUnhandledRequest: the request leaves', async () => {
  serverOf().listen({ onUnhandledRequest: 'error' } as object)
  expect(await requestsThatLeave(() => fetch(`${outside}/articles`))).toBe(1)
})

test.for(['/articles', '/logo.png', '/style.css'])('listen lets no request leave: %s', async (path) => {
  listen(serverOf())
  expect(await requestsThatLeave(() => fetch(outside + path))).toBe(0)
  await expect(fetch(outside + path)).rejects.toThrow('fetch')
  // eslint-disable-next-line no-console
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining(path))
})

test("MSW's own strictness lets static files leave", async () => {
  serverOf().listen({ onUnhandledFrame: 'error' })
  expect(await requestsThatLeave(() => fetch(`${outside}/articles`))).toBe(0)
  expect(await requestsThatLeave(() => fetch(`${outside}/logo.png`))).toBe(1)
})

/** Sends a request with a client of the package undici. */
function sendByPool() {
  const pool = new Pool(outside)
  onTestFinished(() => pool.destroy())
  return pool.request({ method: 'GET', path: '/articles' })
}

test('setupServer does not see the package undici: its requests leave', async () => {
  listen(serverOf())
  expect(await requestsThatLeave(sendByPool)).toBe(1)
})

test('intercept lets none of them leave', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => void vi.restoreAllMocks())
  await using _interception = await intercept([storefront])
  expect(await requestsThatLeave(sendByPool)).toBe(0)
  await expect(sendByPool()).rejects.toThrow('Network error')
})

test('intercept answers undici and fetch alike, leaves exceptions to the network, and ends', async () => {
  const pool = new Pool('http://storefront.test')
  onTestFinished(() => pool.destroy())
  const interception = await intercept([storefront], { except: [outside] })
  const { statusCode, body } = await pool.request({ method: 'GET', path: '/articles/1' })
  expect([statusCode, await body.json()]).toMatchObject([200, { id: expect.any(Number) }])
  expect((await fetch('http://storefront.test/articles/1')).status).toBe(200)
  expect(storefront.requests['read an article']).toHaveLength(2)
  expect(await requestsThatLeave(() => fetch(outside))).toBe(1)
  await interception.end()
  await expect(fetch('http://storefront.test/articles/1')).rejects.toThrow('fetch')
})

test('another MSW is refused', () => {
  expect(() => assertMsw()).not.toThrow()
  for (const version of ['2.15.0', '4.0.0', '30.0.0'])
    expect(() => assertMsw3(version)).toThrow(expect.objectContaining({ code: 'MSW_VERSION', exitCode: 6 }))
  const ofVersion2 = { listen: () => undefined } as never
  expect(() => listen(ofVersion2)).toThrow('this server is not of MSW 3')
})
