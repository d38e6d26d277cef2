import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connectRaw, request, sorted } from './resp-client.ts'
import { type Line, linesOf, scripts } from './scripts.ts'
import { bothServers } from './servers.ts'

const ways: Record<string, (line: Line) => string | Buffer> = {
  'as arrays': ({ args }) => request(args),
  typed: ({ typed }) => `${typed}\r\n`,
}

function pattern(expected: string): RegExp {
  const escaped = expected.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('…', '.*')}$`, 's')
}

describe.each(bothServers())('%s', (_, server) => {
  describe.each(Object.entries(ways))('%s', (_way, bytesOf) => {
    test.for(Object.entries(scripts))('%s', async ([, script], ctx) => {
      await using client = await connectRaw((await server(ctx)).port)
      await client.ask('FLUSHALL')
      for (const line of linesOf(script)) {
        const command = String(line.args[0])
        if (command === 'WAIT') {
          await delay(Number(line.args[1]))
          continue
        }
        const [reply = ''] = await client.send(bytesOf(line))
        expect(`${line.typed} → ${sorted(command, reply)}`).toMatch(pattern(`${line.typed} → ${line.expected}`))
      }
    })
  })

  /** Bytes that are no request: what is answered before the connection is closed. */
  const nonsense: [string, string[]][] = [
    ['*x\r\n', ['-ERR Protocol error: invalid multibulk length']],
    ['*3000000000\r\n', ['-ERR Protocol error: invalid multibulk length']],
    ['PING\r\n*1\r\nPING\r\n', ['+PONG', "-ERR Protocol error: expected '$', got 'P'"]],
    ['*1\r\n$x\r\n', ['-ERR Protocol error: invalid bulk length']],
    ['*1\r\n$-1\r\n', ['-ERR Protocol error: invalid bulk length']],
    ['*1\r\n$999999999999\r\n', ['-ERR Protocol error: invalid bulk length']],
    ['GET "a\r\n', ['-ERR Protocol error: unbalanced quotes in request']],
    [`GET 'a'b\r\n`, ['-ERR Protocol error: unbalanced quotes in request']],
    [`GET "a"b\r\n`, ['-ERR Protocol error: unbalanced quotes in request']],
    ['x'.repeat(70_000), ['-ERR Protocol error: too big inline request']],
    [`*${'1'.repeat(70_000)}`, ['-ERR Protocol error: too big mbulk count string']],
    [`*1\r\n$${'1'.repeat(70_000)}`, ['-ERR Protocol error: too big bulk count string']],
    ['QUIT\r\nPING\r\n', ['+OK']],
  ]

  test.for(nonsense)('closes after %j', async ([bytes, expected], ctx) => {
    await using client = await connectRaw((await server(ctx)).port)
    expect(await client.send(bytes, expected.length)).toEqual(expected)
    await client.closed
    await expect(client.ask('PING')).rejects.toThrow('closed')
  })

  /** Bytes that ask for nothing are passed over. */
  test.for(['\r\n', '  \r\n', '*0\r\n', '*-1\r\n', '\n'])('passes over %j', async (bytes, ctx) => {
    await using client = await connectRaw((await server(ctx)).port)
    expect(await client.send(`${bytes}PING\r\n`)).toEqual(['+PONG'])
  })

  test('every byte is kept, in keys, fields, members and values', async (ctx) => {
    await using client = await connectRaw((await server(ctx)).port)
    await client.ask('FLUSHALL')
    const bytes = Buffer.from(Array.from({ length: 256 }, (_byte, index) => index))
    const shown = JSON.stringify(bytes.toString('latin1'))
    await client.ask('SET', bytes, bytes)
    expect(await client.ask('GET', bytes)).toBe(shown)
    expect(await client.ask('KEYS', '*')).toBe(`[${shown}]`)
    expect(await client.ask('EXISTS', bytes.subarray(1))).toBe(':0')
    await client.ask('HSET', 'h', bytes, bytes)
    expect(await client.ask('HGETALL', 'h')).toBe(`[${shown} ${shown}]`)
    await client.ask('SADD', 's', bytes)
    expect(await client.ask('SMEMBERS', 's')).toBe(`[${shown}]`)
    expect(await client.ask(bytes.subarray(200), bytes.subarray(200))).toBe(
      `-ERR unknown command '${bytes.toString('latin1', 200)}', with args beginning with: '${bytes.toString('latin1', 200)}' `,
    )
  })

  test('ten thousand commands in one go are answered in order', async (ctx) => {
    await using client = await connectRaw((await server(ctx)).port)
    const count = 10_000
    const commands = Array.from({ length: count }, (_command, index) => request(['ECHO', String(index)]))
    const replies = await client.send(Buffer.concat(commands), count)
    expect(replies).toEqual(commands.map((_command, index) => `"${index}"`))
  })

  test('a value of 4 MiB comes back whole', async (ctx) => {
    await using client = await connectRaw((await server(ctx)).port)
    const value = 'brownout'.repeat((4 * 1024 * 1024) / 8)
    expect(await client.ask('SET', 'big', value)).toBe('+OK')
    expect(await client.ask('GET', 'big')).toBe(`"${value}"`)
    await client.ask('DEL', 'big')
  })
})
