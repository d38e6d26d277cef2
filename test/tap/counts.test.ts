import { once } from 'node:events'
import { Agent, createServer as createHttpServer, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ask, counted, dial, listen, openTap, patience, provide } from './sockets.ts'

/** Answers every line `x` with `+x`, as a RESP server would. */
const provideLines = () =>
  provide((socket) => {
    let rest = ''
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\r\n')
      rest = lines.pop() ?? ''
      socket.write(lines.map((line) => `+${line}\r\n`).join(''))
    })
    socket.on('end', () => socket.end())
  })

test('three requests on one kept connection are one connection and three turns', async () => {
  await using server = await listen(createHttpServer((incoming, response) => void incoming.pipe(response)))
  await using tap = await openTap(server.port)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (const body of ['one', 'two', 'a body of 26 bytes, or so.']) {
    const sent = request({ host: '127.0.0.1', port: tap.port, method: 'POST', agent })
    sent.end(body)
    const [response] = await once(sent, 'response')
    expect(await text(response)).toBe(body)
  }

  const counts = tap.counts()
  expect(counts).toMatchObject({ connections: 1, open: 1, turns: 3, endedByConsumer: 0, endedByProvider: 0 })
  expect(counts.bytesUp).toBeGreaterThan(3 * 'POST / HTTP/1.1'.length)
  expect(counts.bytesDown).toBeGreaterThan(3 * 'HTTP/1.1 200 OK'.length)
  agent.destroy()
  await expect.poll(tap.counts, patience).toEqual(counted({ ...counts, open: 0, endedByConsumer: 1 }))
})

test('a command and its answer are one turn, and are counted while the connection is open', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  for (let turn = 1; turn <= 5; turn++) {
    expect(await ask(consumer, 'PING\r\n')).toBe('+PING\r\n')
    expect(tap.counts()).toMatchObject({ connections: 1, open: 1, turns: turn, bytesUp: 6 * turn, bytesDown: 7 * turn })
  }
})

test('what a consumer sends before it has an answer is one turn: pipelined commands are undercounted', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  let answers = ''
  consumer.on('data', (chunk) => (answers += String(chunk)))
  consumer.write('ONE\r\nTWO\r\nTHREE\r\n')
  await expect.poll(() => answers).toBe('+ONE\r\n+TWO\r\n+THREE\r\n')
  expect(tap.counts()).toMatchObject({ connections: 1, turns: 1 })
})

test('a connection is only open until its first bytes tell whose it is', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  await expect.poll(tap.counts, patience).toEqual(counted({ open: 1 }))
  await ask(consumer, 'PING\r\n')
  expect(tap.counts()).toMatchObject({ open: 1, connections: 1 })
})

test('a connection that never says anything is a connection of the workload once it ends', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  consumer.end()
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, endedByConsumer: 1 }))
})

test('bytes of a provider that speaks first are counted when the consumer is known', async () => {
  await using server = await provide((socket) => {
    socket.write('hello')
    socket.on('data', () => socket.end())
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  expect(String((await once(consumer, 'data'))[0])).toBe('hello')
  expect(tap.counts()).toMatchObject({ open: 1, connections: 0, bytesDown: 0 })
  consumer.write('thanks')
  await once(consumer, 'end')
  expect(tap.counts()).toMatchObject({ connections: 1, turns: 1, bytesUp: 6, bytesDown: 5 })
})

test("the harness's own canary is counted apart", async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  using canary = await dial(tap.port)
  await ask(canary, 'PING brownout-canary\r\n')
  await ask(canary, 'PING\r\n')
  await expect.poll(tap.counts, patience).toEqual(counted({ open: 1, canaryConnections: 1, canaryTurns: 2 }))

  using consumer = await dial(tap.port)
  await ask(consumer, 'PING\r\n')
  await ask(consumer, 'PING brownout-canary\r\n')
  const workload = { connections: 1, turns: 2, bytesUp: 28, bytesDown: 30 }
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ ...workload, open: 2, canaryConnections: 1, canaryTurns: 2 }))

  canary.end()
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ ...workload, open: 1, canaryConnections: 1, canaryTurns: 2 }))
})

test('the mark of the canary counts within the first 16 KiB only', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  const mark = 'brownout-canary'
  for (const before of [16 * 1024 - mark.length, 16 * 1024]) {
    using consumer = await dial(tap.port)
    consumer.write(`${'.'.repeat(before)}${mark}\r\n`)
    await once(consumer, 'data')
  }
  await expect.poll(tap.counts, patience).toMatchObject({ connections: 1, canaryConnections: 1 })
})

test('500 connections at once are all counted', async () => {
  await using server = await provideLines()
  await using tap = await openTap(server.port)
  const consumers = await Promise.all(Array.from({ length: 500 }, () => dial(tap.port)))
  const answers = await Promise.all(consumers.map((consumer, index) => ask(consumer, `${index}\r\n`)))
  expect(answers).toEqual(consumers.map((_, index) => `+${index}\r\n`))
  expect(tap.counts()).toMatchObject({ connections: 500, open: 500, turns: 500, endedByConsumer: 0 })
  for (const consumer of consumers) consumer.destroy()
  await expect.poll(tap.counts, patience).toMatchObject({ connections: 500, open: 0, endedByConsumer: 500 })
})
