import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { startRedisStandIn } from '../../src/redis/server.ts'
import { linesOf, scripts } from './scripts.ts'
import { bothServers, freePort, startStandIn } from './servers.ts'

type Protocol = 2 | 3

/** Those that change the connection itself, which is ioredis' own affair. */
const ownAffairs = [
  'databases are apart',
  'a connection introduces itself',
  'RESP2 and RESP3',
  'transactions',
  'what the shop sends',
]
const data = Object.entries(scripts).filter(([title]) => !ownAffairs.includes(title))

function connectTo(port: number, protocol: Protocol): Redis & AsyncDisposable {
  const redis = new Redis({ host: '127.0.0.1', port, protocol, lazyConnect: true })
  return Object.assign(redis, { [Symbol.asyncDispose]: async () => void redis.disconnect() })
}

/** What ioredis makes of a reply as `resp-client.ts` shows it: bulk strings and statuses alike are text. */
function plain(shown: string): unknown {
  if (/^[+-]/.test(shown)) return shown.slice(1)
  let json = ''
  for (const [token, digits] of shown.matchAll(/"(?:\\.|[^"\\])*"|nil(?:\[\])?|:(-?\d+)|[[\]]/g)) {
    if (json !== '' && !json.endsWith('[') && token !== ']') json += ','
    json += digits ?? (token.startsWith('nil') ? 'null' : token)
  }
  return JSON.parse(json)
}

function latin1(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(latin1)
  return Buffer.isBuffer(reply) ? reply.toString('latin1') : reply
}

describe.each(bothServers())('%s', (_, server) => {
  describe.each([2, 3] as const)('RESP%i', (protocol) => {
    test.for(data)('%s', async ([, script], ctx) => {
      await using redis = connectTo((await server(ctx)).port, protocol)
      await redis.flushall()
      const replies: [string, unknown][] = []
      const expectations: [string, unknown][] = []
      for (const { typed, args, expected } of linesOf(script)) {
        const [command, ...rest] = args
        const name = String(command)
        if (name === 'WAIT') {
          await delay(Number(rest[0]))
          continue
        }
        const reply = await redis.callBuffer(name, ...rest).then(latin1, (error: Error) => error.message)
        if (expected.includes('…')) continue
        const isUnordered = Array.isArray(reply) && /^(?:keys|smembers)$/i.test(name)
        replies.push([typed, isUnordered ? reply.toSorted() : reply])
        expectations.push([typed, plain(expected)])
      }
      expect(replies).toEqual(expectations)
    })

    test('is ready, and speaks through the methods of ioredis', async (ctx) => {
      await using redis = connectTo((await server(ctx)).port, protocol)
      await redis.connect()
      expect(redis.status).toBe('ready')
      await redis.flushall()
      expect(await redis.set('session', 'token', 'EX', 100)).toBe('OK')
      expect(await redis.ttl('session')).toBe(100)
      expect(await redis.hset('album', { title: 'Summer', pages: 24 })).toBe(2)
      expect(await redis.hgetall('album')).toEqual({ title: 'Summer', pages: '24' })
      expect(await redis.mget('session', 'nope')).toEqual(['token', null])
      expect(await redis.info('persistence')).toContain('loading:0')
      await expect(redis.lpush('session', 'x')).rejects.toThrow('WRONGTYPE')

      const pipelined = await redis.pipeline().incr('hits').get('hits').lpop('session').exec()
      expect(pipelined?.map(([error, reply]) => error?.message.split(' ')[0] ?? reply)).toEqual([1, '1', 'WRONGTYPE'])
      expect(await redis.multi().set('a', 1).incr('a').get('a').exec()).toEqual([
        [null, 'OK'],
        [null, 2],
        [null, '2'],
      ])
      expect(await redis.quit()).toBe('OK')
    })
  })
})

test('CLIENT SETINFO, with which a client introduces itself, is answered as by Redis 7.2', async () => {
  await using server = await startStandIn()
  await using redis = connectTo(server.port, 3)
  expect(await redis.client('SETINFO', 'LIB-NAME', 'test')).toBe('OK')
})

test('a password and a database are accepted at connecting, as by a Redis that needs none', async () => {
  await using server = await startStandIn()
  await using plainly = connectTo(server.port, 3)
  const redis = new Redis({ port: server.port, username: 'default', password: 'x', db: 2, connectionName: 'shop' })
  try {
    await redis.set('a', 1)
    expect(await redis.client('GETNAME')).toBe('shop')
    expect(await plainly.get('a')).toBeNull()
    await plainly.select(2)
    expect(await plainly.get('a')).toBe('1')
  } finally {
    redis.disconnect()
  }
})

test('a client comes back to a stand-in that was started again, and finds it empty', async () => {
  const port = await freePort()
  const first = await startRedisStandIn({ host: '127.0.0.1', port })
  const redis = new Redis({ port, retryStrategy: () => 20 })
  redis.on('error', () => undefined)
  try {
    await redis.set('a', 1)
    await first.close()
    const second = await startRedisStandIn({ host: '127.0.0.1', port })
    try {
      expect(await redis.get('a')).toBeNull()
    } finally {
      await second.close()
    }
  } finally {
    redis.disconnect()
  }
})
