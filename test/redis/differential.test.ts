import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectRaw, request } from './resp-client.ts'
import { bothServers } from './servers.ts'

const key = fc.constantFrom('a', 'b', 'c', 'k[ey')
const word = fc.oneof(
  fc.constantFrom('x', 'y', 'z', '1', '-7', '007', '9223372036854775807', ' 1', ''),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
)
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const index = fc.integer({ min: -6, max: 6 }).map(String)
const seconds = fc.constantFrom('100', '1000', '-1', '0', 'x', '9223372036854775807')
// Not GT and LT: they tell one millisecond from the next, and the two servers do not share theirs.
const option = fc.constantFrom('NX', 'xx', 'GET', 'KEEPTTL', 'EX', 'px', '100000')
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', 'k', '*', '?', '[', ']', '^', '-', '\\'), maxLength: 6 })

type Args = (string | Buffer)[]

/** One command with arguments that mean something to it, rightly or wrongly. */
const command: fc.Arbitrary<Args> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'GET',
      'GETDEL',
      'INCR',
      'DECR',
      'TTL',
      'TYPE',
      'EXISTS',
      'DEL',
      'SMEMBERS',
      'HGETALL',
      'LLEN',
      'LPOP',
    ),
    key,
  ),
  fc.tuple(fc.constant('SET'), key, word, fc.array(option, { maxLength: 3 })).map((parts) => parts.flat()),
  fc.tuple(fc.constant('SETEX'), key, seconds, word),
  fc.tuple(fc.constant('EXPIRE'), key, seconds, fc.array(option, { maxLength: 2 })).map((parts) => parts.flat()),
  fc.tuple(fc.constant('INCRBY'), key, word),
  fc.tuple(fc.constantFrom('HSET', 'HDEL', 'SADD', 'SREM', 'LPUSH', 'RPUSH'), key, words).map((parts) => parts.flat()),
  fc.tuple(fc.constant('HGET'), key, word),
  fc.tuple(fc.constantFrom('LPOP', 'RPOP'), key, index),
  fc.tuple(fc.constant('LRANGE'), key, index, index),
  fc
    .tuple(fc.constantFrom('MGET', 'MSET', 'DEL', 'EXISTS'), fc.array(key, { minLength: 1, maxLength: 4 }))
    .map((parts) => parts.flat()),
  fc.tuple(fc.constant('KEYS'), pattern),
  fc.tuple(fc.constantFrom('MULTI', 'EXEC', 'DISCARD', 'DBSIZE', 'GET', 'SET', 'NOPE')),
)

const [[, standIn], [, redisServer]] = bothServers()

test('no sequence of commands tells the stand-in from a real Redis', { timeout: 120_000 }, async (ctx) => {
  const real = await redisServer(ctx)
  const ours = await standIn(ctx)
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
      expect(await replies(ours.port, commands)).toEqual(await replies(real.port, commands))
    }),
    { numRuns: 300 },
  )
})

/** Everything is sent in one go, so that no time passes between the commands. */
async function replies(port: number, commands: readonly Args[]): Promise<string[]> {
  await using client = await connectRaw(port)
  const all = [['FLUSHALL'], ['HELLO', '3'], ...commands]
  const [, , ...answered] = await client.send(Buffer.concat(all.map(request)), all.length)
  return answered.map((reply, at) => `${all[at + 2]?.join(' ')} → ${inOneOrder(String(all[at + 2]?.[0]), reply)}`)
}

/** Sets and keys have no order, inside a transaction as outside. */
function inOneOrder(name: string, reply: string): string {
  if (!['KEYS', 'SMEMBERS', 'EXEC'].includes(name)) return reply
  return reply
    .split(/[ [\]]/)
    .toSorted()
    .join(' ')
}
