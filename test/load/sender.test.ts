import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as aMoment } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import type { Ending } from '../../src/load/answers/ending.ts'
import type { Outgoing } from '../../src/load/arrivals/outgoing.ts'
import { Sender } from '../../src/load/driver/embedded/sender.ts'
import { roughServer, whole } from './rough-server.ts'

function sender(timeoutMs = 5_000) {
  const made = new Sender(monotonicClock(), timeoutMs)
  onTestFinished(() => made.close())
  const send = (base: string, outgoing: Partial<Outgoing> = {}) =>
    new Promise<Ending>((resolve) =>
      made.send(base, { method: 'GET', path: '/', headers: {}, body: null, ...outgoing }, resolve),
    )
  return { sender: made, send }
}

/** The reset must not overtake what was written. */
function resetAfter(socket: Socket, text: string) {
  socket.write(text)
  setTimeout(() => socket.resetAndDestroy(), 50)
}

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

test('an answer with a stated length, whole', async () => {
  await using server = await roughServer((socket) => socket.write(whole('hällo', { headers: { 'X-Mark': 'a' } })))
  const { send } = sender()
  const ending = await send(server.base, { method: 'POST', path: '/a?b=c', headers: { one: 'two' }, body: '{"ü":1}' })
  expect(ending).toMatchObject({ error: 'none', detail: null, answer: { status: 200, body: 'hällo' } })
  expect(ending.answer?.headers).toEqual({ 'content-length': '6', 'x-mark': 'a' })
  expect(server.received).toMatchObject([{ method: 'POST', path: '/a?b=c', headers: { one: 'two' }, body: '{"ü":1}' }])
})

test('an answer in chunks, and one that ends with its connection', async () => {
  await using server = await roughServer((socket, { path }) => {
    if (path === '/until-close') return socket.end('HTTP/1.1 200 OK\r\n\r\nall of it')
    socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk('one ')}`)
    setTimeout(() => socket.write(`${chunk('two')}0\r\n\r\n`), 20)
  })
  const { send } = sender()
  expect(await send(server.base)).toMatchObject({ error: 'none', answer: { body: 'one two' } })
  expect(await send(server.base, { path: '/until-close' })).toMatchObject({
    error: 'none',
    answer: { body: 'all of it' },
  })
})

test('several headers of a name are joined', async () => {
  await using server = await roughServer((socket) => socket.write(`HTTP/1.1 204 No\r\nvia: a\r\nvia: b\r\n\r\n`))
  expect((await sender().send(server.base)).answer).toEqual({ status: 204, headers: { via: 'a, b' }, body: '' })
})

test('took runs to the end of the body', async () => {
  await using server = await roughServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab')
    setTimeout(() => socket.write('cd'), 150)
  })
  const { took } = await sender().send(server.base)
  expect(took).toBeGreaterThanOrEqual(145)
})

test('an error status is an answer', async () => {
  await using server = await roughServer((socket) =>
    socket.write(whole('no', { status: 503, headers: { 'retry-after': '1' } })),
  )
  expect(await sender().send(server.base)).toMatchObject({
    error: 'none',
    answer: { status: 503, headers: { 'retry-after': '1' }, body: 'no' },
  })
})

test('redirects are not followed, cookies are not kept, compression is not asked for', async () => {
  await using server = await roughServer((socket) =>
    socket.write(whole('', { status: 302, headers: { location: '/other', 'set-cookie': 'a=b' } })),
  )
  const { send } = sender()
  expect((await send(server.base)).answer?.status).toBe(302)
  await send(server.base)
  expect(server.received.map(({ path }) => path)).toEqual(['/', '/'])
  for (const { headers } of server.received) {
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('accept-encoding')
  }
})

test('a connection is used again, also after HEAD; a new one is opened when none is free', async () => {
  await using server = await roughServer((socket, { path, method }) => {
    if (method === 'HEAD') socket.write('HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 9\r\n\r\n')
    else setTimeout(() => socket.write(whole('')), path === '/slow' ? 300 : 0)
  })
  const { send } = sender()
  for (const method of ['HEAD', 'GET', 'POST']) {
    await send(server.base, { method })
    await aMoment(20)
  }
  expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 1])
  const slow = send(server.base, { path: '/slow' })
  const quick = await Promise.all([send(server.base), send(server.base)])
  for (const { took } of quick) expect(took).toBeLessThan(250)
  await slow
  expect(server.connections).toBe(3)
})

test('an idle connection that the server closed is not used again', async () => {
  await using server = await roughServer((socket) => {
    socket.write(whole(''))
    setTimeout(() => socket.end(), 20)
  })
  const { send } = sender()
  await send(server.base)
  await aMoment(200)
  expect(await send(server.base, { method: 'POST' })).toMatchObject({ error: 'none' })
  expect(server.received.map(({ connection }) => connection)).toEqual([1, 2])
})

test.each(['end', 'resetAndDestroy'] as const)(
  'a connection that is closed (%s) when it is used again: GET and HEAD are sent once more, POST is not',
  async (close) => {
    const again = async (method: string) => {
      await using server = await roughServer((socket, { turn }) => {
        if (turn > 1) socket[close]()
        else setTimeout(() => socket.write(whole('', { headers: { connection: 'keep-alive' } })), 30)
      })
      const { send } = sender()
      await send(server.base)
      await aMoment(20)
      const ending = await send(server.base, { method })
      return { ending, on: server.received.map(({ connection }) => connection) }
    }
    const get = await again('GET')
    expect(get).toMatchObject({ ending: { error: 'none', answer: { status: 200 } }, on: [1, 1, 2] })
    // The time of the second attempt is part of it.
    expect(get.ending.took).toBeGreaterThanOrEqual(28)
    expect(await again('HEAD')).toMatchObject({ ending: { error: 'none' }, on: [1, 1, 2] })
    expect(await again('POST')).toMatchObject({ ending: { error: close === 'end' ? 'closed' : 'reset' }, on: [1, 1] })
  },
)

test('a GET is not sent again on a fresh connection, nor after a part of an answer, nor a third time', async () => {
  await using server = await roughServer((socket, { path, turn }) => {
    if (path === '/fresh') return socket.destroy()
    if (turn === 1 && path === '/once') return socket.write(whole(''))
    if (path === '/part') return socket.end('HTTP/1.1 200 O')
    return socket.destroy()
  })
  const { send } = sender()
  expect((await send(server.base, { path: '/fresh' })).error).toBe('closed')
  expect(server.received.length).toBe(1)

  await send(server.base, { path: '/once' })
  await aMoment(20)
  expect((await send(server.base, { path: '/part' })).error).toBe('closed')
  expect(server.received.length).toBe(3)

  await send(server.base, { path: '/once' })
  await aMoment(20)
  expect((await send(server.base, { path: '/never' })).error).toBe('closed')
  expect(server.received.length).toBe(6)
})

test.each([
  ['closed before its answer', 'closed', (socket) => socket.end()],
  ['reset before its answer', 'reset', (socket) => socket.resetAndDestroy()],
  ['closed within the body', 'closed', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.')],
  [
    'closed within the last body of a connection',
    'closed',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\nfive.'),
  ],
  [
    'closed within a chunked body',
    'closed',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk('five.')}`),
  ],
  [
    'closed within the last chunked body of a connection',
    'closed',
    (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunk('five.')}`),
  ],
  [
    'reset within the body',
    'reset',
    (socket) => resetAfter(socket, 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.'),
  ],
  ['reset within a body without a length', 'reset', (socket) => resetAfter(socket, 'HTTP/1.1 200 OK\r\n\r\nfive.')],
  ['no HTTP', 'protocol', (socket) => socket.write('-LOADING Redis is loading\r\n')],
  [
    'an upgrade nobody wanted',
    'protocol',
    (socket) => socket.write('HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
  ],
  ['headers without end', 'protocol', (socket) => socket.write(`HTTP/1.1 200 OK\r\nlong: ${'x'.repeat(40_000)}`)],
  ['a body of 2 MiB', 'too large', (socket) => socket.write(whole('x'.repeat(2 * 1024 * 1024)))],
  ['no answer', 'timeout', () => undefined],
  [
    'an answer that does not end',
    'timeout',
    (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.'),
  ],
] satisfies [string, string, (socket: Socket) => unknown][])('%s is: %s', async (_, error, answer) => {
  await using server = await roughServer((socket) => void answer(socket))
  const { send, sender: made } = sender(error === 'timeout' ? 200 : 5_000)
  const ending = await send(server.base, { method: 'POST' })
  expect(ending.error).toBe(error)
  expect(ending.detail).toBeTruthy()
  expect(ending.took).toBeGreaterThanOrEqual(error === 'timeout' ? 195 : 0)
  expect(made.underWay).toBe(0)
})

test('what had come of an answer is told', async () => {
  await using server = await roughServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.'))
  expect((await sender().send(server.base)).answer).toMatchObject({ status: 200, body: 'five.' })
})

test('a port nobody listens on refuses', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  expect(await sender().send(`http://127.0.0.1:${port}`)).toMatchObject({ error: 'refused', answer: null })
})

test('a name nobody knows is unreachable', async () => {
  expect((await sender().send('http://nobody.invalid')).error).toBe('unreachable')
})

test('a request that cannot be written leaves nothing behind', async () => {
  await using server = await roughServer((socket) => socket.write(whole('')))
  const { send, sender: made } = sender()
  expect(await send(server.base, { headers: { 'bad header': 'x' } })).toMatchObject({ error: 'other', answer: null })
  expect(await send(server.base)).toMatchObject({ error: 'none' })
  expect(made.underWay).toBe(0)
})

test('closing drops what is under way, connecting or waiting, and tells nobody', async () => {
  await using server = await roughServer(() => undefined)
  const made = new Sender(monotonicClock(), 100)
  let told = 0
  const outgoing = { method: 'GET', path: '/', headers: {}, body: null }
  made.send(server.base, outgoing, () => (told += 1))
  await expect.poll(() => server.received.length).toBe(1)
  made.send(server.base, outgoing, () => (told += 1))
  expect(made.underWay).toBe(2)
  made.close()
  expect(made.underWay).toBe(0)
  await aMoment(200)
  expect(told).toBe(0)
})
