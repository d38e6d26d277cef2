import { expect, test } from 'vitest'
import { startProgram } from '../../src/core/start-program.ts'
import { connectRaw } from './resp-client.ts'
import { freePort, startStandIn } from './servers.ts'

const main = new URL('../../src/redis/main.ts', import.meta.url)

test('runs as a program of its own, and ends when its runner lets go', async () => {
  const port = await freePort()
  const program = await startProgram('redis', main, { host: '127.0.0.1', port })
  try {
    expect(program.info).toEqual({ host: '127.0.0.1', port, version: 'stand-in' })
    await using client = await connectRaw(port)
    expect(await client.ask('SET', 'a', '1')).toBe('+OK')
    expect(await client.ask('GET', 'a')).toBe('"1"')
  } finally {
    await program.stop()
  }
  expect(await program.exited).toEqual({ code: 0, signal: null })
})

test('a port that is taken fails the start', async () => {
  await using taken = await startStandIn()
  await expect(startProgram('redis', main, { host: '127.0.0.1', port: taken.port })).rejects.toThrow(
    `on 127.0.0.1:${taken.port}: the port is taken.`,
  )
})
