import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePorts } from '../../src/core/ports.ts'
import { http, type Probe } from '../../src/system/define.ts'
import { probe, type ProbeOptions, type ProbeResult } from '../../src/system/probe.ts'
import { peer } from './sockets.ts'

const healthz = http('/healthz')
const redis: Probe = { kind: 'redis' }
const patient: ProbeOptions = { limitMs: 10_000 }
const canary: ProbeOptions = { ...patient, canary: true, anyStatus: true }

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
  ['half a status line', (socket) => socket.end('HTTP/1.1 2'), healthz, canary, 'closed', /without an answer/],
  ['an end', (socket) => socket.end(), healthz, canary, 'closed', /without an answer/],
  ['a reset', (socket) => socket.resetAndDestroy(), healthz, canary, 'reset', 'ECONNRESET'],
  ['silence', () => undefined, healthz, { limitMs: 50 }, 'silent', 'no answer in 50 ms'],
  ['PONG', (socket) => socket.write('+PONG\r\n'), redis, patient, 'answered', /^\+PONG$/],
  ['LOADING', (socket) => socket.write('-LOADING wait\r\n'), redis, patient, 'closed', '-LOADING wait'],
  ['the echo', (socket) => socket.write('$15\r\nbrownout-canary\r\n'), redis, canary, 'answered', 'brownout-canary'],
  ['LOADING to a canary', (socket) => socket.write('-LOADING wait\r\n'), redis, canary, 'answered', '-LOADING wait'],
  ['another echo', (socket) => socket.write('$15\r\nbrownout-beaver\r\n'), redis, canary, 'closed', /not an answer/],
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
    ['PING of the canary', redis, canary, ['*2', '$4', 'PING', '$15', 'brownout-canary', '']],
  ]
  test.each(requests)('%s', async (_what, asked, options, lines) => {
    await using server = await peer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
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
    for (const piece of ['HT', 'TP/1.1 20', '0 OK\r', '\n\r\n']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
  expect(await probe(web.address, healthz, patient)).toMatchObject({ outcome: 'answered', detail: 'status 200' })
  await using store = await peer(async (socket) => {
    for (const piece of ['$1', '5\r\nbrown', 'out-canary', '\r\n']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
  expect(await probe(store.address, redis, canary)).toMatchObject({ outcome: 'answered', detail: 'brownout-canary' })
})

test('a late answer took at least as long as it was held back', async () => {
  await using server = await peer((socket) => void setTimeout(() => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 80))
  const { outcome, took } = await probe(server.address, healthz, patient)
  expect(outcome).toBe('answered')
  expect(took).toBeGreaterThanOrEqual(79)
})

test('each probe comes on a connection of its own, and hangs up without a reset though not all was read', async () => {
  await using server = await peer((socket) => void socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(500_000)}`))
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
