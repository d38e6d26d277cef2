import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createMock } from '../../src/mock/mock.ts'
import { type MockServerOptions, startMockServer } from '../../src/mock/server.ts'
import type { Pact } from '../../src/pact/model.ts'
import { half, interaction, pactOf, request, response } from './pacts.ts'

const states = [{ name: 'it is there', params: {} }]
const halves = [interaction('read'), half('read', 'comments: slow'), half('read', 'redis: slow')]
const article = pactOf(...halves.map((one) => ({ ...one, states })))

async function serve(pact: Pact = article, options: Partial<MockServerOptions> = {}) {
  const { mock } = createMock([{ file: 'a.json', pact }])
  const server = await startMockServer(mock, { host: '127.0.0.1', port: 0, seed: 1, ...options })
  onTestFinished(() => server.close())
  return server
}

async function ask(url: string, init: RequestInit = {}) {
  const answer = await fetch(url, init)
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) as never }
}

test('answers what the pact has, and tells who answered', async () => {
  const told: unknown[] = []
  const { url } = await serve(article, { onAnswered: (answered) => told.push(answered) })
  expect(await ask(`${url}/articles/1`)).toMatchObject({ status: 200, body: 'read' })
  expect(told).toEqual([{ method: 'GET', target: '/articles/1', status: 200, by: { half: 'read' } }])
})

test('what is in no pact is answered with 500, and why', async () => {
  const { url } = await serve()
  expect(await ask(`${url}/articles/1?page=2`)).toMatchObject({
    status: 500,
    body: {
      error: 'Nothing answers GET /articles/1. Nearest is "read":\n  query page: is not in the pact',
      request: 'GET /articles/1',
      nearest: { interaction: 'read', mismatches: [{ place: 'query page', uncheckable: false }] },
    },
  })
})

test('the condition is switched by HTTP', async () => {
  const switched: unknown[] = []
  const { url } = await serve(article, { onSwitched: ({ broken }) => switched.push(broken.length) })
  const condition = `${url}/_brownout/condition`
  const possible = { conditions: ['comments: slow', 'redis: slow'], states: ['it is there'] }
  expect(await ask(condition)).toMatchObject({ status: 200, body: { conditions: [], state: null, possible } })

  const one = await ask(condition, { method: 'PUT', body: 'redis: slow\n' })
  expect(one).toMatchObject({ status: 200, body: { conditions: ['redis: slow'] } })
  expect((await ask(`${url}/articles/1`)).body).toBe('read (redis: slow)')

  const both = await ask(condition, { method: 'PUT', body: 'comments: slow\nredis: slow' })
  expect(both).toMatchObject({ body: { conditions: ['comments: slow', 'redis: slow'] } })
  expect((await ask(`${url}/articles/1`)).body).toBe('read (comments: slow)')

  expect(await ask(condition, { method: 'DELETE' })).toMatchObject({ status: 200, body: { conditions: [] } })
  expect((await ask(`${url}/articles/1`)).body).toBe('read')
  expect(switched).toEqual([1, 2, 0])
})

test('the state is chosen by HTTP', async () => {
  const { url } = await serve()
  const state = `${url}/_brownout/state`
  expect(await ask(state, { method: 'PUT', body: 'it is there' })).toMatchObject({ body: { state: 'it is there' } })
  expect(await ask(state, { method: 'DELETE' })).toMatchObject({ body: { state: null } })
})

test.for([
  ['PUT', 'condition', 'comment: slow', 400, 'did you mean "comments: slow"?'],
  ['PUT', 'condition', 'slow', 400, 'comments: unavailable'],
  ['PUT', 'state', 'it is thre', 400, 'did you mean "it is there"?'],
  ['POST', 'condition', '', 404, '/_brownout/condition'],
  ['GET', 'conditions', null, 404, '/_brownout/condition'],
] as const)('%s %s "%s" is refused, and nothing changes', async ([method, path, body, status, hint]) => {
  const { url } = await serve()
  const refused = await ask(`${url}/_brownout/${path}`, { method, body })
  expect(refused).toMatchObject({ status, body: { hint: expect.stringContaining(hint) } })
  expect((await ask(`${url}/_brownout/condition`)).body).toMatchObject({ conditions: [], state: null })
})

test('bodies, headers of several values and statuses go over the wire as they are', async () => {
  const upload = interaction('upload', {
    request: request({
      method: 'POST',
      path: '/pictures',
      body: { kind: 'json', value: { name: 'ä' }, contentType: 'application/json' },
    }),
    response: response('', {
      status: 201,
      headers: { 'set-cookie': ['a=1', 'b=2'], 'content-type': ['image/png'] },
      body: { kind: 'binary', base64: '//79', contentType: 'image/png' },
    }),
  })
  const { url } = await serve(pactOf(upload))
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/pictures`, { method: 'POST', body: '{"name":"ä"}', headers })
  expect(answer.status).toBe(201)
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([255, 254, 253])
})

test('a header that HTTP has no room for is told, and ends nothing', async () => {
  const odd = interaction('odd', { response: response('', { headers: { 'x-odd': ['a\nb'] } }) })
  const { url } = await serve(pactOf(odd))
  for (let i = 0; i < 2; i++)
    expect(await ask(`${url}/articles/1`)).toMatchObject({
      status: 500,
      body: { error: expect.stringContaining('x-odd') },
    })
})

test('a client that takes it for a proxy is answered too', async () => {
  const { url } = await serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('GET http://comments.test/articles/1 HTTP/1.1\r\nhost: comments.test\r\nconnection: close\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 .*"read"$/s)
})

test('a client that leaves in the middle of its request harms nobody', async () => {
  const { url } = await serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('POST /articles/1 HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc')
  await new Promise((done) => setTimeout(done, 50))
  socket.destroy()
  expect((await ask(`${url}/articles/1`)).status).toBe(200)
})

test('a port that is taken is an error of its own', async () => {
  const { url } = await serve()
  await expect(serve(article, { port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
