import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { startProgram } from '../../src/core/start-program.ts'
import type { TapCounts } from '../../src/tap/counts.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { ask, dial, freePort, host, provide, receiveAll } from './sockets.ts'

const main = new URL('../../src/tap/main.ts', import.meta.url)

async function startTaps(edges: Record<string, { listen: number; upstream: number }>) {
  const program = await startProgram('tap', main, {
    edges: Object.entries(edges).map(([id, { listen, upstream }]) => ({
      id,
      listen: { host, port: listen },
      upstream: { host, port: upstream },
    })),
  })
  return {
    counts: () => program.call<Record<string, TapCounts>>('counts'),
    exited: program.exited,
    stop: () => program.stop(),
    [Symbol.asyncDispose]: async () => void (await program.stop()),
  }
}

test('each edge has its relay and its counts', async () => {
  await using server = await provide((socket) => void socket.pipe(socket))
  const [stock, prices] = [await freePort(), await freePort()]
  await using taps = await startTaps({
    'shop → stock': { listen: stock, upstream: server.port },
    'shop → prices': { listen: prices, upstream: server.port },
  })
  using consumer = await dial(prices)
  expect(await ask(consumer, 'how much?')).toBe('how much?')
  expect(await taps.counts()).toMatchObject({
    'shop → stock': { connections: 0, open: 0, turns: 0 },
    'shop → prices': { connections: 1, open: 1, turns: 1, bytesUp: 9, bytesDown: 9 },
  })
})

test('a port that is taken fails the start, by name', async () => {
  await using taken = await provide(() => undefined)
  const edges = { 'shop → stock': { listen: taken.port, upstream: await freePort() } }
  await expect(startTaps(edges)).rejects.toThrow(
    `Failed to open the tap of "shop → stock" on ${host}:${taken.port}: the port is taken.`,
  )
})

test('a killed provider ends its connections, and is unanswered from then on', async () => {
  await using folder = await temporaryFolder()
  const [upstream, listen] = [await freePort(), await freePort()]
  const provider = await startCommand({
    name: 'provider',
    command: [
      process.execPath,
      '-e',
      `require('node:net').createServer((socket) => socket.pipe(socket)).listen(${upstream}, '${host}')`,
    ],
    cwd: folder.path,
    env: {},
    log: join(folder.path, 'provider.log'),
  })
  try {
    await using taps = await startTaps({ 'shop → stock': { listen, upstream } })
    const connected = async () => (await dial(upstream)).destroy().destroyed
    await expect.poll(() => connected().catch(() => false), { timeout: 20_000 }).toBe(true)
    using consumer = await dial(listen)
    expect(await ask(consumer, 'hi')).toBe('hi')

    const end = receiveAll(consumer)
    provider.signal('SIGKILL')
    await end
    consumer.end()
    await expect
      .poll(async () => (await taps.counts())['shop → stock'], { timeout: 10_000 })
      .toMatchObject({ connections: 1, open: 0, endedByProvider: 1, unanswered: 0 })

    await provider.exited
    using second = await dial(listen)
    second.write('hi')
    expect((await receiveAll(second)).ending).toBe('ECONNRESET')
    await expect
      .poll(async () => (await taps.counts())['shop → stock'], { timeout: 10_000 })
      .toMatchObject({ connections: 2, open: 0, endedByProvider: 1, unanswered: 1, turns: 2 })
  } finally {
    await provider.stop(0)
  }
})

test('the program ends when its runner lets go', async () => {
  await using server = await provide(() => undefined)
  const taps = await startTaps({ 'shop → stock': { listen: await freePort(), upstream: server.port } })
  await taps.stop()
  expect(await taps.exited).toEqual({ code: 0, signal: null })
})
