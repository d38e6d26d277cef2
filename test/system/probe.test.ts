import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePorts } from '../../src/core/ports.ts'
import { canaryEcho, canaryEchoReply } from '../../src/system/answer.ts'
import { http, type Probe } from '../../src/system/define.ts'
import { probe, type ProbeOptions, type ProbeResult } from '../../src/system/probe.ts'
import { peer } from './sockets.ts'

const healthz = http('/healthz')
const redis: Probe = { kind: 'redis' }
const patient: ProbeOptions = { limitMs: 10_000 }
const canary: ProbeOptions = { ...patient, canary: true, anyStatus: true }
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
const sized = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'

type Case = [
  what: string,
  meet: (socket: Socket) => void,
  asked: Probe,
  options: ProbeOptions,
  outcome: ProbeResult['outcome'],
  detail: string | RegExp,
]

const cases: Case[] = [
  ['200', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), healthz, patient, 'answered', 'status 200'],
  ['204 without reason', (socket) => socket.end('HTTP/1.0 204\r\n\r\n'), healthz, patient, 'answered', 'status 204'],
  ['503', (socket) => socket.end('HTTP/1.1 503 No\r\n\r\n'), healthz, patient, 'closed', 'status 503'],
  ['302', (socket) => socket.end('HTTP/1.1 302 Found\r\n\r\n'), healthz, patient, 'closed', 'status 302'],
  ['503 to a canary', (socket) => socket.end('HTTP/1.1 503 No\r\n\r\n'), healthz, canary, 'answered', 'status 503'],
  ['no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), healthz, canary, 'closed', /not an answer: "SSH/],
  ['an endless first line', (socket) => socket.end('x'.repeat(9_000)), healthz, canary, 'closed', /not an answer/],
  ['half a status line', (socket) => socket.end('HTTP/1.1 2'), healthz, canary, 'closed', /without a whole answer/],
  ['an end', (socket) => socket.end(), healthz, canary, 'closed', /without a whole answer/],
  ['half a head', (socket) => socket.end('HTTP/1.1 200 OK\r\na: b\r\n'), healthz, canary, 'closed', /without a whole/],
  [
    'an endless head',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(2_000)}`),
    healthz,
    canary,
    'closed',
    /not an answer/,
  ],
  ['a body of its length', (socket) => socket.write(`${sized}hello`), healthz, patient, 'answered', 'status 200'],
  ['half a body', (socket) => socket.end(`${sized}hell`), healthz, canary, 'closed', /without a whole answer/],
  ['half a body to readiness', (socket) => socket.end(`${sized}hell`), healthz, patient, 'closed', /without a whole/],
  [
    'all chunks',
    (socket) => socket.write(`${chunked}5\r\nhello\r\n0\r\n\r\n`),
    healthz,
    patient,
    'answered',
    'status 200',
  ],
  [
    'no chunk but the last',
    (socket) => socket.write(`${chunked}0\r\n\r\n`),
    healthz,
    patient,
    'answered',
    'status 200',
  ],
  [
    'chunks without the last',
    (socket) => socket.end(`${chunked}5\r\nhello\r\n`),
    healthz,
    canary,
    'closed',
    /without a whole/,
  ],
  [
    'a body that breaks off',
    (socket) => void socket.write(`${sized}hell`, () => socket.resetAndDestroy()),
    healthz,
    canary,
    'reset',
    'ECONNRESET',
  ],
  [
    'a body that stalls',
    (socket) => socket.write(`${sized}hell`),
    healthz,
    { ...canary, limitMs: 50 },
    'silent',
    'no answer in 50 ms',
  ],
  [
    'a body to the end',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\nhello`),
    healthz,
    patient,
    'answered',
    'status 200',
  ],
  [
    'a body without an end',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\nhello`),
    healthz,
    { limitMs: 50 },
    'silent',
    'no answer in 50 ms',
  ],
  [
    'a 204 that stays',
    (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
    healthz,
    patient,
    'answered',
    'status 204',
  ],
  ['a reset', (socket) => socket.resetAndDestroy(), healthz, canary, 'reset', 'ECONNRESET'],
  ['silence', () => undefined, healthz, { limitMs: 50 }, 'silent', 'no answer in 50 ms'],
  ['PONG', (socket) => socket.write('+PONG\r\n'), redis, patient, 'answered', /^\+PONG$/],
  ['LOADING', (socket) => socket.write('-LOADING wait\r\n'), redis, patient, 'closed', '-LOADING wait'],
  ['the echo', (socket) => socket.end(canaryEchoReply), redis, canary, 'answered', 'brownout-canary'],
  [
    'half the echo',
    (socket) => socket.end(canaryEchoReply.slice(0, 4_000)),
    redis,
    canary,
    'closed',
    /without a whole answer/,
  ],
  ['LOADING to a canary', (socket) => socket.end('-LOADING wait\r\n'), redis, canary, 'answered', '-LOADING wait'],
  [
    'another echo',
    (socket) => socket.write(canaryEchoReply.replace('canary', 'beaver')),
    redis,
    canary,
    'closed',
    /not an answer/,
  ],
  ['PONG to a canary', (socket) => socket.write('+PONG\r\n'), redis, canary, 'closed', /not an answer: "\+PONG"/],
  ['HTTP from a Redis', (socket) => socket.write('HTTP/1.1 200 OK\r\n'), redis, patient, 'closed', /not an answer/],
  ['a reset by a Redis', (socket) => socket.resetAndDestroy(), redis, canary, 'reset', 'ECONNRESET'],
  ['silence of a Redis', () => undefined, redis, { ...canary, limitMs: 50 }, 'silent', 'no answer in 50 ms'],
]

test.each(cases)('%s', async (_what, meet, asked, options, outcome, detail) => {
  await using server = await peer((socket) => meet(socket))
  const result = await probe(server.address, asked, options)
  expect(result).toMatchObject({ outcome, detail: expect.stringMatching(detail) as string })
})

test.each([healthz, redis, { kind: 'tcp' } as const])('nobody there: %j', async (asked) => {
  const [port = 0] = await freePorts(1)
  const result = await probe({ host: '127.0.0.1', port }, asked, canary)
  expect(result).toMatchObject({ outcome: 'refused', detail: 'ECONNREFUSED' })
})

describe('what is sent', () => {
  const requests: [what: string, asked: Probe, options: ProbeOptions, lines: string[]][] = [
    ['readiness', healthz, patient, ['GET /healthz HTTP/1.1', 'Host: HOST', 'Connection: close', '', '']],
    [
      'canary',
      healthz,
      canary,
      ['GET /healthz HTTP/1.1', 'Host: HOST', 'x-brownout-canary: brownout-canary', 'Connection: close', '', ''],
    ],
    ['PING', redis, patient, ['*1', '$4', 'PING', '']],
    ['PING of the canary', redis, canary, ['*2', '$4', 'PING', '$5000', canaryEcho, '*1', '$4', 'QUIT', '']],
  ]
  test.each(requests)('%s', async (_what, asked, options, lines) => {
    await using server = await peer((socket, sent) => {
      if (sent.length >= lines.join('\r\n').length) socket.end()
    })
    await probe(server.address, asked, options)
    const { host, port } = server.address
    expect(server.received).toEqual([lines.join('\r\n').replace('HOST', `${host}:${port}`)])
  })

  test('to a bare port, nothing', async () => {
    await using server = await peer(() => undefined)
    expect(await probe(server.address, { kind: 'tcp' }, canary)).toMatchObject({ outcome: 'answered' })
    await expect.poll(() => server.endings).toEqual(['end'])
    expect(server.received).toEqual([''])
  })
})

test('an answer in pieces is put together', async () => {
  await using web = await peer(async (socket) => {
    for (const piece of ['HT', 'TP/1.1 20', '0 OK\r', '\n\r', '\n']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    socket.end()
  })
  expect(await probe(web.address, healthz, patient)).toMatchObject({ outcome: 'answered', detail: 'status 200' })
  await using store = await peer(async (socket) => {
    for (const piece of ['$5', '000\r\nbrown', canaryEchoReply.slice(12, 20), canaryEchoReply.slice(20, -2), '\r\n']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    socket.end()
  })
  expect(await probe(store.address, redis, canary)).toMatchObject({ outcome: 'answered', detail: 'brownout-canary' })
})

test('a late answer took at least as long as it was held back', async () => {
  await using server = await peer((socket) => void setTimeout(() => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 80))
  const { outcome, took } = await probe(server.address, healthz, patient)
  expect(outcome).toBe('answered')
  expect(took).toBeGreaterThanOrEqual(79)
})

test('the canary tells when it was hung up on', async () => {
  await using server = await peer((socket) => {
    socket.write(`${sized}hello`)
    setTimeout(() => socket.end(), 80)
  })
  const { outcome, bytes, closedAfter } = await probe(server.address, healthz, canary)
  expect({ outcome, bytes }).toEqual({ outcome: 'answered', bytes: sized.length + 5 })
  expect(closedAfter).toBeGreaterThanOrEqual(79)
})

test('the end that tells the end of an answer is told apart from its last byte', async () => {
  await using server = await peer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nhello')
    setTimeout(() => socket.end(), 80)
  })
  const { outcome, closedAfter } = await probe(server.address, healthz, canary)
  expect(outcome).toBe('answered')
  expect(closedAfter).toBeGreaterThanOrEqual(79)
})

test('a provider that does not hang up is left in the end; readiness does not wait for that', async () => {
  await using server = await peer((socket) => void socket.write(`${sized}hello`))
  const stays = { outcome: 'answered', bytes: sized.length + 5, closedAfter: null }
  expect(await probe(server.address, healthz, { ...canary, limitMs: 200 })).toMatchObject(stays)
  expect(await probe(server.address, healthz, { limitMs: 3_600_000 })).toMatchObject(stays)
  await expect.poll(() => server.endings).toEqual(['end', 'end'])
})

test('what came of an answer that broke off is measured', async () => {
  await using server = await peer((socket) => socket.end(`${sized}hell`))
  expect(await probe(server.address, healthz, canary)).toMatchObject({
    outcome: 'closed',
    bytes: sized.length + 4,
    closedAfter: null,
  })
})

test('each probe comes on a connection of its own, and hangs up without a reset though not all was read', async () => {
  await using server = await peer((socket) => void socket.write(`${sized}${'x'.repeat(500_000)}`))
  for (let turn = 0; turn < 3; turn++) await probe(server.address, healthz, patient)
  await expect.poll(() => server.endings).toEqual(['end', 'end', 'end'])
  expect(server.received).toHaveLength(3)
})

test('a probe is given up when its signal aborts, before or while it waits', async () => {
  await using server = await peer(() => undefined)
  const abort = new AbortController()
  const waiting = probe(server.address, healthz, { ...patient, signal: abort.signal })
  abort.abort()
  expect(await waiting).toMatchObject({ outcome: 'silent', detail: 'given up' })
  expect(await probe(server.address, healthz, { ...patient, signal: abort.signal })).toMatchObject({
    outcome: 'silent',
    detail: 'given up',
  })
})
