import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { request } from '../../src/core/http.ts'
import { freePorts } from '../../src/core/ports.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('any status is an answer', async () => {
  const base = await serve((asked, answer) => answer.writeHead(409).end(`${asked.method} ${asked.url}`))
  expect(await request('DELETE', `${base}/proxies/a`, { limitMs: 10_000 })).toEqual({
    status: 409,
    headers: expect.objectContaining({ connection: 'keep-alive' }) as object,
    text: 'DELETE /proxies/a',
  })
})

test('a body is sent as JSON', async () => {
  const base = await serve(async (asked, answer) => {
    const body = (await asked.toArray()).join('')
    answer.end(`${asked.headers['content-type']} ${body}`)
  })
  const { text } = await request('POST', base, { body: { enabled: false }, limitMs: 10_000 })
  expect(text).toBe('application/json {"enabled":false}')
})

test('a redirect is an answer, and not followed', async () => {
  const base = await serve((_asked, answer) => answer.writeHead(302, { location: '/elsewhere' }).end())
  expect((await request('GET', base, { limitMs: 10_000 })).status).toBe(302)
})

test('no answer in time is an error', async () => {
  const base = await serve(() => undefined)
  await expect(request('GET', base, { limitMs: 50 })).rejects.toMatchObject({ code: 'NO_ANSWER', exitCode: 3 })
})

test('nobody there is an error that says so', async () => {
  const [port] = await freePorts(1)
  const error = await request('GET', `http://127.0.0.1:${port}/`, { limitMs: 10_000 }).catch((thrown: Error) => thrown)
  expect(error).toMatchObject({ code: 'NO_ANSWER' })
  expect((error as Error).message).toMatch(/^Failed to GET "http:.*": .*ECONNREFUSED/)
})
