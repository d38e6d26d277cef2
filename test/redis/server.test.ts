import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startRedisStandIn } from '../../src/redis/server.ts'
import { connectRaw, request } from './resp-client.ts'
import { startStandIn } from './servers.ts'

/** A clock that stands still until it is cranked. */
function crankedClock(startMs: number) {
  let time = startMs
  return { now: () => time, crank: (ms: number) => void (time += ms) }
}

test('keys expire by the clock, to the millisecond', async () => {
  const clock = crankedClock(1_700_000_000_000)
  await using server = await startStandIn(clock)
  await using client = await connectRaw(server.port)
  await client.ask('SET', 'a', '1', 'EX', '10')
  expect(await client.ask('PTTL', 'a')).toBe(':10000')
  clock.crank(9_499)
  expect([await client.ask('PTTL', 'a'), await client.ask('TTL', 'a')]).toEqual([':501', ':1'])
  clock.crank(2)
  expect(await client.ask('TTL', 'a')).toBe(':0')
  clock.crank(499)
  expect(await client.ask('GET', 'a')).toBe('"1"')
  clock.crank(1)
  expect(await client.ask('GET', 'a')).toBe('nil')

  await client.ask('SET', 'b', '1', 'PX', '5')
  await client.ask('SADD', 'c', '1')
  await client.ask('EXPIRE', 'c', '1')
  clock.crank(6)
  expect([await client.ask('DBSIZE'), await client.ask('KEYS', '*')]).toEqual([':1', '["c"]'])
  clock.crank(1_000)
  expect(await client.ask('DBSIZE')).toBe(':0')
})

test('a key that expired is not there for what would change it', async () => {
  const clock = crankedClock(0)
  await using server = await startStandIn(clock)
  await using client = await connectRaw(server.port)
  for (const change of [
    ['RPUSH', 'a', 'x'],
    ['HSET', 'a', 'x', '1'],
    ['SADD', 'a', 'x'],
    ['SET', 'a', 'x', 'NX'],
  ]) {
    await client.ask('SET', 'a', '1', 'PX', '5')
    clock.crank(6)
    expect(await client.ask(...change)).toMatch(/^(?::1|\+OK)$/)
    expect(await client.ask('TTL', 'a')).toBe(':-1')
  }
  await client.ask('SET', 'a', '1', 'PX', '5')
  clock.crank(6)
  expect([await client.ask('DEL', 'a'), await client.ask('EXPIRE', 'a', '1')]).toEqual([':0', ':0'])
})

test('TIME and INFO tell the time of the clock', async () => {
  const clock = crankedClock(1_700_000_000_123.25)
  await using server = await startStandIn(clock)
  await using client = await connectRaw(server.port)
  clock.crank(65_000)
  expect(await client.ask('TIME')).toBe('["1700000065" "123250"]')
  expect(await client.ask('INFO', 'server')).toContain('uptime_in_seconds:65')
})

test('connections share the data, and nothing else', async () => {
  await using server = await startStandIn()
  await using one = await connectRaw(server.port)
  await using other = await connectRaw(server.port)
  await one.ask('HELLO', '3', 'SETNAME', 'one')
  await one.ask('HSET', 'h', 'a', '1')
  expect(await other.ask('HGETALL', 'h')).toBe('["a" "1"]')
  expect(await other.ask('CLIENT', 'GETNAME')).toBe('nil')
  await one.ask('MULTI')
  await one.ask('DEL', 'h')
  expect(await other.ask('EXISTS', 'h')).toBe(':1')
  await one.ask('EXEC')
  expect(await other.ask('EXISTS', 'h')).toBe(':0')
  await one.ask('SELECT', '3')
  await one.ask('SET', 'a', '1')
  expect(await other.ask('EXISTS', 'a')).toBe(':0')
  expect(await one.ask('CLIENT', 'ID')).not.toBe(await other.ask('CLIENT', 'ID'))
  expect(await one.ask('INFO', 'clients')).toContain('connected_clients:2')
})

test('says what it is', async () => {
  await using server = await startStandIn()
  await using client = await connectRaw(server.port)
  expect(await client.ask('INFO')).toContain('executable:brownout stand-in')
  expect(await client.ask('COMMAND', 'DOCS')).toBe('[]')
})

test('a client that does not read its replies is not read from either, and loses nothing', async () => {
  await using server = await startStandIn()
  await using other = await connectRaw(server.port)
  const count = 1_024
  const value = 'x'.repeat(64 * 1024)
  const client = connect({ host: '127.0.0.1', port: server.port })
  client.pause()
  let sent = 0
  const sendMore = () => {
    for (let isTaken = true; isTaken && sent < count; sent++) isTaken = client.write(request(['ECHO', value]))
  }
  client.on('connect', sendMore).on('drain', sendMore)
  try {
    let before = -1
    const isStill = () => {
      const same = sent > 0 && sent === before
      before = sent
      return same
    }
    await expect.poll(isStill, { timeout: 20_000, interval: 500 }).toBe(true)
    expect(sent).toBeLessThan(count)
    expect(await other.ask('PING')).toBe('+PONG')

    let received = 0
    client.on('data', (chunk) => (received += chunk.length)).resume()
    await expect.poll(() => received, { timeout: 20_000 }).toBe(count * (value.length + '$65536\r\n\r\n'.length))
  } finally {
    client.destroy()
  }
})

test('closing ends the connections', async () => {
  const server = await startRedisStandIn({ host: '127.0.0.1', port: 0 })
  await using client = await connectRaw(server.port)
  await client.ask('PING')
  await server.close()
  await client.closed
  await expect(connectRaw(server.port)).rejects.toThrow('ECONNREFUSED')
})

test('a port that is taken is named', async () => {
  await using taken = await startStandIn()
  await expect(startRedisStandIn({ host: '127.0.0.1', port: taken.port })).rejects.toThrow(
    `Failed to start the Redis stand-in on 127.0.0.1:${taken.port}: the port is taken.`,
  )
})
