import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { RequestParser } from '../../src/redis/parser.ts'
import { probe } from '../../src/system/probe.ts'
import { ask, post } from '../services/answers.ts'
import { eventually, startService, use } from '../services/processes.ts'
import { linesOf, scripts } from './scripts.ts'
import { bothServers } from './servers.ts'

/** What everybody who comes through says to a Redis; one who is kept waiting gets nothing any more. */
async function listenIn(target: number) {
  const heard: string[][] = []
  let isSilent = false
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    const requests = new RequestParser()
    for (const socket of [client, upstream]) socket.on('error', () => undefined)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.destroy())
    client.on('data', (chunk: Buffer) => {
      upstream.write(chunk)
      requests.push(chunk)
      for (let request = requests.next(); request; request = requests.next()) heard.push(request.map(String))
    })
    upstream.on('data', (chunk: Buffer) => isSilent || client.write(chunk))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    heard,
    port: (server.address() as AddressInfo).port,
    set isSilent(value: boolean) {
      isSilent = value
    },
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

/** `set _ _ ex _`: a command without what differs from one to the next. */
function shapeOf(words: readonly (string | Buffer)[]): string {
  return words
    .map(String)
    .map((word, index) => (index === 0 || /^[A-Z-]+$/.test(word) ? word.toLowerCase() : '_'))
    .join(' ')
}

const rows = linesOf(scripts['what the shop sends'] ?? '').map(({ args }) => shapeOf(args))

describe.each(bothServers())('%s', (_, server) => {
  test('all that the shop and our probes send is a row of conformance, and each row is sent', async (ctx) => {
    const ear = use(await listenIn((await server(ctx)).port))
    const env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(ear.port) }
    const auth = use(await startService('auth', env))
    const naive = use(await startService('auth', { ...env, DEFECTS: 'awaits-redis' }))
    const catalog = use(await startService('catalog', env))
    const shapes = () => new Set(ear.heard.map(shapeOf))
    const logIn = (url: string) => post(`${url}/login`, { user: 'ada', password: 'matt paper' })

    for (const { url } of [auth, naive])
      await eventually(async () => expect((await logIn(url)).body.session).toBe('stored'))
    await eventually(async () => {
      await ask(`${catalog.url}/albums/1`)
      expect([...shapes()]).toEqual(expect.arrayContaining(['get _', 'set _ _ ex _', 'set _ _ px _']))
    })

    // After a silence the service tries it off the critical path.
    ear.isSilent = true
    await eventually(async () => {
      await logIn(auth.url)
      expect((await ask(`${auth.url}/healthz`)).body.dependencies).toEqual({ redis: 'down' })
    })
    ear.isSilent = false
    await eventually(() => expect([...shapes()]).toContain('ping'))

    const address = { host: '127.0.0.1', port: ear.port }
    for (const canary of [false, true])
      expect((await probe(address, { kind: 'redis' }, { limitMs: 5_000, canary })).outcome).toBe('answered')
    await eventually(() => expect([...shapes()]).toContain('quit'))
    expect([...shapes()].toSorted()).toEqual([...new Set(rows)].toSorted())
  })
})
