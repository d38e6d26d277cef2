import { bodyLimitBytes } from '../../../src/load/answers/ending.ts'
import { whole } from '../../load/rough-server.ts'
import { broken, chunk, good, lost, resetAfter, row } from './row.ts'

const nothing = () => undefined
/** More than is read at a time. */
const upload = {
  arrivals: 2,
  interaction: {
    request: { method: 'PUT', path: '/', body: '{bytes}' },
    rows: [{ bytes: 'x'.repeat(3_000_000) }],
    response: {},
  },
}
const half = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.'
const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
/** Nobody is let wait any longer than this. */
export const timeoutMs = 1_500
const answered = { error: 'none', status: 200, keeps: 1, shown: { body: good } } as const
const waited = { expected: { tookAtLeast: timeoutMs - 5 } }

/** Servers that hang: first in the play, because nobody is to wait for them. */
export const hangs = [
  lost('no answer', 'timeout', nothing, { arrivals: 10, ...waited }),
  lost('a head that does not end', 'timeout', (socket) => socket.write('HTTP/1.1 200 OK\r\nmark: a'), waited),
  lost('a body that does not end', 'timeout', (socket) => socket.write(half), waited),
  lost('chunks that do not end', 'timeout', (socket) => socket.write(chunked + chunk('five.')), waited),
  lost(
    'a body that comes drop by drop, for ever',
    'timeout',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const drops = setInterval(() => socket.write('x'), 100)
      socket.on('close', () => clearInterval(drops))
    },
    waited,
  ),
  lost('a port that never accepts', 'timeout', nothing, { nowhere: 'never accepts', ...waited }),
]

/** Connections that end before their answer does. */
export const endings = [
  lost('a port nobody listens on', 'refused', nothing, { nowhere: 'refused' }),
  lost('a name nobody knows', 'unreachable', nothing, { nowhere: 'no such name' }),
  // As behind a Toxiproxy whose upstream is dead: the request may come just before or just after the FIN.
  lost('closed when accepted', ['closed', 'reset'], nothing, { nowhere: 'closed when accepted' }),
  lost('reset when accepted', 'reset', nothing, { nowhere: 'reset when accepted' }),
  lost('closed before the answer', 'closed', (socket) => socket.end()),
  lost('reset before the answer', 'reset', (socket) => socket.resetAndDestroy()),
  lost('closed within the head', 'closed', (socket) => socket.end('HTTP/1.1 200 OK\r\nmark: a')),
  lost('reset within the head', 'reset', (socket) => resetAfter(socket, 'HTTP/1.1 200 OK\r\nmark: a'), {
    differs: { k6: { error: ['reset', 'closed'], reason: 'Go reads on after the reset, and finds the end' } },
  }),
  lost('closed within the body', 'closed', (socket) => socket.end(half)),
  lost('closed within a chunked body', 'closed', (socket) => socket.end(chunked + chunk('five.'))),
  lost('closed within the last body of a connection', 'closed', (socket) =>
    socket.end(half.replace('content-length', 'connection: close\r\ncontent-length')),
  ),
  lost('reset within the body', 'reset', (socket) => resetAfter(socket, half)),
  lost('reset within a chunked body', 'reset', (socket) => resetAfter(socket, chunked + chunk('five.'))),
  lost('reset within a body without a length', 'reset', (socket) => resetAfter(socket, 'HTTP/1.1 200 OK\r\n\r\nfive.')),
  lost('closed before the answer to a POST', 'closed', (socket) => socket.end(), {
    interaction: { request: { method: 'POST', path: '/', body: {} }, response: {} },
  }),
  lost('reset while a long body is sent', 'reset', nothing, { nowhere: 'reset at the first bytes', ...upload }),
  row('answered while a long body is sent', nothing, {
    nowhere: 'answered at the first bytes',
    ...upload,
    expected: { status: 413, keeps: 0 },
  }),
  lost('an error page that breaks off', 'closed', (socket) => socket.end(half.replace('200 OK', '502 Bad Gateway'))),
]

/** Answers that are no HTTP, or too much of it. */
export const nonsense = [
  lost('no HTTP', 'protocol', (socket) => socket.write('-LOADING Redis is loading the dataset in memory\r\n')),
  lost('no HTTP, then closed', 'protocol', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
  lost('a TLS alert', 'protocol', (socket) => socket.write(Buffer.from([21, 3, 1, 0, 2, 2, 70, 13, 10]))),
  lost('a status that is no number', 'protocol', (socket) => socket.write('HTTP/1.1 abc OK\r\n\r\n')),
  lost('a header without a colon', 'protocol', (socket) => socket.write('HTTP/1.1 200 OK\r\nno colon\r\n\r\n')),
  lost('a length that is no number', 'protocol', (socket) =>
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: seven\r\n\r\n${good}`),
  ),
  lost(
    'two lengths',
    'protocol',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 7\r\ncontent-length: 8\r\n\r\n${good}`),
    {
      differs: { embedded: { error: 'closed', reason: 'undici reads them as one number' } },
    },
  ),
  row(
    'the same length twice',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 7\r\ncontent-length: 7\r\n\r\n${good}`),
    {
      differs: { embedded: { ...broken('closed'), reason: 'undici reads them as one number' } },
    },
  ),
  row(
    'a length, and chunks',
    (socket) => socket.write(`${chunked.replace('\r\n\r\n', '\r\ncontent-length: 3\r\n\r\n')}${chunk(good)}0\r\n\r\n`),
    {
      differs: { embedded: { ...broken('protocol'), reason: 'undici is strict, as RFC 9112 lets it be' } },
    },
  ),
  lost('a chunk whose length is no number', 'protocol', (socket) => socket.write(`${chunked}zz\r\n${good}\r\n`)),
  lost('an upgrade nobody wanted', 'protocol', (socket) =>
    socket.write('HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
  ),
  lost(
    'a head of 40 KiB',
    'protocol',
    (socket) => socket.write(whole(good, { headers: { 'x-long': 'x'.repeat(40 * 1024) } })),
    {
      differs: { k6: { ...answered, reason: 'Go reads up to 10 MiB of it, undici 16 KiB' } },
    },
  ),
  lost(
    'a body of more than 1 MiB',
    'too large',
    (socket) => socket.write(whole(`{"n":1${' '.repeat(bodyLimitBytes - 6)}}`)),
    { arrivals: 2 },
  ),
  lost(
    'a body of 2 MiB in chunks',
    'too large',
    (socket) => socket.write(`${chunked}${chunk(`{"n":1${' '.repeat(2 * bodyLimitBytes)}}`)}0\r\n\r\n`),
    { arrivals: 2 },
  ),
  row(
    'line ends without a carriage return',
    (socket) => socket.write(`HTTP/1.1 200 OK\ncontent-length: 7\n\n${good}`),
    {
      differs: { embedded: { ...broken('protocol'), reason: 'undici is strict' } },
    },
  ),
]
