import { z } from 'zod'
import { bodyLimitBytes } from '../../../src/load/answers/ending.ts'
import { reduced, refused } from '../../../src/contract/stance.ts'
import { whole } from '../../load/rough-server.ts'
import { broken, chunk, good, row } from './row.ts'

const json = { 'content-type': 'application/json' }
const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
const anyBody = { response: {} }
const text = (body: z.ZodType<string>) => ({ response: { body: z.object({ text: body }) } })
const saying = (value: string) => whole(JSON.stringify({ text: value }), { headers: json })

/** Answers that are whole, in all the ways in which HTTP lets a server write them. */
export const answers = [
  row('a stated length', (socket) => socket.write(whole(good, { headers: json })), {
    expected: { shown: { status: 200, headers: { 'content-length': '7', ...json }, body: good } },
  }),
  row('in chunks', (socket) => socket.write(`${chunked}${chunk('{"n"')}${chunk(':1}')}0\r\n\r\n`), {
    expected: { shown: { body: good } },
  }),
  row('in chunks, with a trailer', (socket) => socket.write(`${chunked}${chunk(good)}0\r\nmark: late\r\n\r\n`)),
  row('ended by its connection', (socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${good}`)),
  row('of HTTP/1.0', (socket) => socket.end(`HTTP/1.0 200 OK\r\ncontent-length: 7\r\n\r\n${good}`)),
  row('without a reason', (socket) => socket.write(`HTTP/1.1 200\r\ncontent-length: 7\r\n\r\n${good}`)),
  row('the last of its connection', (socket) => socket.end(whole(good, { headers: { connection: 'close' } }))),
  row('after 100 Continue', (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${whole(good)}`), {
    differs: { embedded: { ...broken('protocol'), reason: 'undici takes 100 Continue only when it was asked for' } },
  }),
  row('after 103 Early Hints', (socket) =>
    socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n${whole(good)}`),
  ),
  row('no content', (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'), {
    interaction: { response: { status: 204 } },
    expected: { status: 204, shown: { body: '' } },
  }),
  row(
    'not modified, with a length and no body',
    (socket) => socket.write('HTTP/1.1 304 Not Modified\r\ncontent-length: 7\r\n\r\n'),
    {
      interaction: { response: { status: 304 } },
      expected: { status: 304, shown: { body: '' } },
    },
  ),
  row('an empty body', (socket) => socket.write(whole('')), {
    interaction: anyBody,
    expected: { shown: { body: '' } },
  }),
  row('more than it should say', (socket) => socket.write(`${whole(good)}surplus`)),
  row('late', (socket) => setTimeout(() => socket.write(whole(good)), 200), { expected: { tookAtLeast: 200 } }),
  row(
    'head at once, body late',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n')
      setTimeout(() => socket.write(good), 200)
    },
    { expected: { tookAtLeast: 200 } },
  ),
  row(
    'byte by byte',
    (socket) => {
      const bytes = [...whole(good)]
      const dribble = setInterval(() => {
        socket.write(bytes.shift() ?? '')
        if (bytes.length === 0) clearInterval(dribble)
      }, 2)
      socket.on('close', () => clearInterval(dribble))
    },
    { expected: { tookAtLeast: 50 } },
  ),
  row('a body of 1 MiB', (socket) => socket.write(whole(`{"n":1${' '.repeat(bodyLimitBytes - 7)}}`)), { arrivals: 2 }),
  row(
    'a body of 1 MiB in chunks',
    (socket) => socket.write(`${chunked}${chunk(`{"n":1${' '.repeat(bodyLimitBytes - 7)}}`)}0\r\n\r\n`),
    { arrivals: 2 },
  ),

  row('all of Unicode', (socket) => socket.write(saying('grüße 日本 👋 \u2028 ﷽')), {
    interaction: text(z.literal('grüße 日本 👋 \u2028 ﷽')),
    expected: { shown: { body: JSON.stringify({ text: 'grüße 日本 👋 \u2028 ﷽' }) } },
  }),
  row(
    'a character cut in two by chunks',
    (socket) => {
      const bytes = Buffer.from('{"text":"ü"}')
      const part = (from: number, to: number) =>
        Buffer.concat([Buffer.from(`${(to - from).toString(16)}\r\n`), bytes.subarray(from, to), Buffer.from('\r\n')])
      socket.write(Buffer.concat([Buffer.from(chunked), part(0, 10), part(10, bytes.length), Buffer.from('0\r\n\r\n')]))
    },
    { interaction: text(z.literal('ü')) },
  ),
  row('control characters', (socket) => socket.write(whole('a\u0000\u0001\n\r\t"\\\u007f\u001b[31m')), {
    interaction: anyBody,
    expected: { shown: { body: 'a\u0000\u0001\n\r\t"\\\u007f\u001b[31m' } },
  }),
  row('lines that look like a log', (socket) => socket.write(whole('{}\nERRO[0001] no\n[1,2]\n')), {
    interaction: anyBody,
    expected: { shown: { body: '{}\nERRO[0001] no\n[1,2]\n' } },
  }),
  row(
    'bytes that are no UTF-8',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n')
      socket.write(Buffer.from([0x61, 0xff, 0x62]))
    },
    { interaction: anyBody, expected: { shown: { body: 'a\ufffdb' } } },
  ),

  row('headers of one name', (socket) => socket.write(`HTTP/1.1 204 No\r\nVia: a\r\nVIA: b\r\nx-none:\r\n\r\n`), {
    interaction: { response: { status: 204, headers: { via: 'a, b', 'x-none': '' } } },
    expected: { status: 204, shown: { headers: { via: 'a, b', 'x-none': '' } } },
  }),
  row(
    'a header beyond ASCII',
    (socket) => socket.write(Buffer.from('HTTP/1.1 204 No\r\nx-name: gr\u00fc\u00dfe\r\n\r\n', 'latin1')),
    {
      interaction: { response: { status: 204 } },
      expected: { status: 204, shown: { headers: { 'x-name': 'grüße' } } },
      differs: { k6: { shown: { headers: { 'x-name': 'gr\ufffd\ufffde' } }, reason: 'Go takes it for UTF-8' } },
    },
  ),
  row(
    'cookies, which are not sent back',
    (socket) => socket.write(`HTTP/1.1 204 No\r\nset-cookie: a=1; Path=/\r\nset-cookie: b=2\r\n\r\n`),
    {
      arrivals: 6,
      interaction: { response: { status: 204 } },
      expected: { status: 204 },
    },
  ),
  row('a header of 8 KiB', (socket) => socket.write(whole(good, { headers: { 'x-long': 'x'.repeat(8 * 1024) } })), {
    expected: { shown: { body: good } },
  }),

  row(
    'an error that the contract knows',
    (socket) => socket.write(whole('', { status: 503, headers: { 'retry-after': '1' } })),
    {
      interaction: { response: {}, degraded: { 'redis: unavailable': refused({ retryAfter: true }) } },
      expected: { status: 503, keeps: 2, shown: { headers: { 'content-length': '0', 'retry-after': '1' } } },
    },
  ),
  row('less than usual, as the contract knows', (socket) => socket.write(whole('{"less":true}')), {
    interaction: {
      response: { body: z.object({ n: z.number() }) },
      degraded: { 'redis: unavailable': reduced({ body: z.object({ less: z.literal(true) }) }) },
    },
    expected: { keeps: 2, shown: { body: '{"less":true}' } },
  }),
  row('another body than the contract has', (socket) => socket.write(whole('{"n":"one"}')), {
    expected: { keeps: 0, shown: { status: 200, body: '{"n":"one"}' } },
  }),
  row('a page instead of JSON', (socket) => socket.write(whole('<h1>Bad gateway</h1>', { status: 502 })), {
    expected: { status: 502, keeps: 0, shown: { status: 502, body: '<h1>Bad gateway</h1>' } },
  }),
  ...[400, 404, 418, 429, 500, 599].map((status) =>
    row(`status ${status}`, (socket) => socket.write(whole('no', { status })), {
      interaction: { response: { status } },
      expected: { status, shown: { status, body: 'no' } },
    }),
  ),
  ...[301, 302, 303, 307, 308].map((status) =>
    row(
      `a redirect (${status}), which is not followed`,
      (socket) => socket.write(whole('', { status, headers: { location: '/elsewhere' } })),
      {
        interaction: { response: { status, headers: { location: '/elsewhere' } } },
        expected: { status },
      },
    ),
  ),
  row('a redirect to nowhere', (socket) => socket.write(whole('', { status: 302 })), {
    interaction: { response: { status: 302 } },
    expected: { status: 302 },
  }),
  row(
    'a redirect to what is no URL',
    (socket) => socket.write(whole('', { status: 302, headers: { location: 'http://[' } })),
    {
      interaction: { response: { status: 302 } },
      expected: { status: 302 },
      differs: {
        k6: { ...broken('protocol'), reason: 'Go reads the address of a redirect though it does not go there' },
      },
    },
  ),
]
