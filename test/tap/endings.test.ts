import { expect, test } from 'vitest'
import { endAndResetInOneGo, listenWithoutAccepting } from './peers.ts'
import { ask, counted, dial, freePort, openTap, patience, provide, receiveAll } from './sockets.ts'

const provideEcho = () =>
  provide((socket) => {
    socket.pipe(socket)
  })

test('a refused provider resets the consumer, counted as unanswered', async () => {
  await using tap = await openTap(await freePort())
  using consumer = await dial(tap.port)
  consumer.write('PING\r\n')
  expect(await receiveAll(consumer)).toEqual({ text: '', ending: 'ECONNRESET' })
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, unanswered: 1, turns: 1, bytesUp: 6 }))
})

test('a consumer that says nothing is reset too', async () => {
  await using tap = await openTap(await freePort())
  using consumer = await dial(tap.port)
  expect(await receiveAll(consumer)).toEqual({ text: '', ending: 'ECONNRESET' })
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, unanswered: 1 }))
})

test('a refused canary is no refused workload', async () => {
  await using tap = await openTap(await freePort(), { firstBytesMs: 10_000 })
  using consumer = await dial(tap.port)
  // The provider's refusal is there before the first bytes.
  await new Promise((resolve) => setTimeout(resolve, 100))
  consumer.write('PING brownout-canary\r\n')
  expect(await receiveAll(consumer)).toEqual({ text: '', ending: 'ECONNRESET' })
  await expect.poll(tap.counts, patience).toEqual(counted({ canaryConnections: 1, canaryTurns: 1 }))
})

test('a provider that cannot be reached in time is unanswered', async () => {
  await using silent = await listenWithoutAccepting()
  await using tap = await openTap(silent.port, { dialLimitMs: 200 })
  const started = performance.now()
  using consumer = await dial(tap.port)
  consumer.write('PING\r\n')
  expect(await receiveAll(consumer)).toEqual({ text: '', ending: 'ECONNRESET' })
  expect(performance.now() - started).toBeGreaterThan(150)
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, unanswered: 1, turns: 1, bytesUp: 6 }))
})

test('a consumer that goes while its provider is dialled ended by itself', async () => {
  await using silent = await listenWithoutAccepting()
  await using tap = await openTap(silent.port)
  using consumer = await dial(tap.port)
  consumer.write('PING\r\n')
  await expect.poll(tap.counts, patience).toMatchObject({ turns: 1 })
  consumer.resetAndDestroy()
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, endedByConsumer: 1, turns: 1, bytesUp: 6 }))
})

test('a provider that ends the connection', async () => {
  await using server = await provide((socket) => socket.on('data', () => socket.end('bye')))
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  consumer.write('hi')
  expect(await receiveAll(consumer)).toEqual({ text: 'bye', ending: 'end' })
  expect(tap.counts()).toMatchObject({ open: 1, endedByProvider: 0 })
  consumer.end()
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ connections: 1, endedByProvider: 1, turns: 1, bytesUp: 2, bytesDown: 3 }))
})

test('a reset of the provider becomes a reset of the consumer', async () => {
  await using server = await provide((socket) => socket.on('data', () => socket.resetAndDestroy()))
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  consumer.write('hi')
  expect(await receiveAll(consumer)).toEqual({ text: '', ending: 'ECONNRESET' })
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, endedByProvider: 1, turns: 1, bytesUp: 2 }))
})

test('a reset of the consumer becomes a reset of the provider', async () => {
  const seen: Promise<{ text: string; ending: string }>[] = []
  await using server = await provide((socket) => {
    socket.write('welcome')
    seen.push(receiveAll(socket))
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  await ask(consumer, 'hi')
  await expect.poll(tap.counts, patience).toMatchObject({ bytesUp: 2 })
  consumer.resetAndDestroy()
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ connections: 1, endedByConsumer: 1, turns: 1, bytesUp: 2, bytesDown: 7 }))
  expect(await Promise.all(seen)).toEqual([{ text: 'hi', ending: 'ECONNRESET' }])
})

test('a consumer that has said its last still gets the reply', async () => {
  await using server = await provide((socket) => {
    let asked = ''
    socket.on('data', (chunk) => (asked += String(chunk)))
    socket.on('end', () => setTimeout(() => socket.end(`reply to ${asked}`), 50))
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  consumer.end('question')
  expect(await receiveAll(consumer)).toEqual({ text: 'reply to question', ending: 'end' })
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ connections: 1, endedByConsumer: 1, turns: 1, bytesUp: 8, bytesDown: 17 }))
})

test('a provider that has said its last still gets what the consumer sends', async () => {
  const seen: Promise<{ text: string; ending: string }>[] = []
  await using server = await provide((socket) => {
    socket.end('enough')
    seen.push(receiveAll(socket))
  })
  await using tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  expect(await receiveAll(consumer)).toEqual({ text: 'enough', ending: 'end' })
  consumer.end('one more thing')
  await expect
    .poll(tap.counts, patience)
    .toEqual(counted({ connections: 1, endedByProvider: 1, turns: 1, bytesUp: 14, bytesDown: 6 }))
  expect(await Promise.all(seen)).toEqual([{ text: 'one more thing', ending: 'end' }])
})

test('an end, a reset and a late answer, seen in one go, leave nothing open', async () => {
  await using tapped = await endAndResetInOneGo()
  await using tap = await openTap(tapped.providerPort)
  await tapped.play(tap.port)
  await expect.poll(tap.counts, patience).toMatchObject({ connections: 1, open: 0, endedByConsumer: 1 })
})

test('closing the tap cuts its connections and blames nobody', async () => {
  await using server = await provideEcho()
  const tap = await openTap(server.port)
  using consumer = await dial(tap.port)
  await ask(consumer, 'hi')
  const end = receiveAll(consumer)
  await tap.close()
  await end
  await expect.poll(tap.counts, patience).toEqual(counted({ connections: 1, turns: 1, bytesUp: 2, bytesDown: 2 }))
})
