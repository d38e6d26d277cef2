import { describe, expect, onTestFinished, test } from 'vitest'
import { startBlackHole } from '../toxiproxy/black-hole.ts'
import { dial, pause, startEcho, startEdge, startServer, timed } from '../toxiproxy/harness.ts'
import { bothToxiproxies, type StartProxy, type ToxiproxyName } from './toxiproxies.ts'

/** What the two do otherwise, on purpose: docs/discoveries/toxiproxy.md says why. */
interface Difference {
  name: string
  of(start: StartProxy): Promise<unknown>
  expected: Record<ToxiproxyName, unknown>
}

const differ = (embedded: unknown, real: unknown) => ({ 'the embedded Toxiproxy': embedded, 'toxiproxy-server': real })

const inTheApi: Difference[] = [
  {
    name: 'what is left of an update with one bad value',
    async of(start) {
      const { api, ok, proxy, addToxic } = await start()
      await proxy(9)
      await addToxic('latency', { latency: 5 })
      const path = '/proxies/edge/toxics/latency_downstream'
      const { status } = await api('PATCH', path, { attributes: { latency: 9, jitter: 1.5 }, toxicity: 0.1 })
      expect(status).toBe(400)
      const { attributes, toxicity } = await ok('GET', path)
      return { attributes, toxicity }
    },
    expected: differ(
      { attributes: { latency: 5, jitter: 0 }, toxicity: 1 },
      { attributes: { latency: 9, jitter: 0 }, toxicity: 1 },
    ),
  },
  {
    name: 'a time that is longer than 24 days',
    async of(start) {
      const { api, proxy } = await start()
      await proxy(9)
      const answers = await Promise.all([
        api('POST', '/proxies/edge/toxics', { type: 'timeout', attributes: { timeout: 2 ** 31 } }),
        api('POST', '/proxies/edge/toxics', { type: 'slicer', attributes: { delay: 2 ** 31 * 1_000 } }),
      ])
      return answers.map(({ status, text }) => JSON.parse(text).error ?? status)
    },
    expected: differ(
      [
        'bad request body: attributes.timeout must be from -2147483647 to 2147483647, not 2147483648',
        'bad request body: attributes.delay must be from -2147483647000 to 2147483647000, not 2147483648000',
      ],
      [200, 200],
    ),
  },
]

const onTheWay: Difference[] = [
  {
    name: 'a client that ends its half hears',
    async of(start) {
      const { port } = await startServer((socket) => {
        let heard = ''
        socket.on('data', (bytes) => (heard += bytes))
        socket.on('end', () => setTimeout(() => socket.end(`after FIN: ${heard}`), 20))
      })
      const peer = await dial(await (await start()).proxy(port))
      peer.socket.end('question')
      expect(await peer.over).toBe('end')
      return peer.received
    },
    expected: differ('after FIN: question', ''),
  },
  {
    name: 'a server that ends its half hears',
    async of(start) {
      const heard = Promise.withResolvers<string>()
      const { port } = await startServer((socket) => {
        socket.end('bye')
        let text = ''
        socket.on('data', (bytes) => (text += bytes))
        socket.on('end', () => heard.resolve(text))
      })
      const peer = await dial(await (await start()).proxy(port))
      expect(await peer.over).toBe('end')
      peer.socket.end('still here')
      return heard.promise
    },
    expected: differ('still here', ''),
  },
  {
    name: 'reset_peer ends a connection that was there before with',
    async of(start) {
      const { peer, addToxic } = await startEdge(start)
      await addToxic('reset_peer')
      peer.socket.write('x')
      return peer.over
    },
    expected: differ('ECONNRESET', 'end'),
  },
  {
    name: 'reset_peer that is removed while it waits lets go',
    async of(start) {
      const { peer, addToxic, change } = await startEdge(start)
      await addToxic('reset_peer', { timeout: 1_500 })
      peer.socket.write('x')
      await pause(100)
      return (await timed(() => change('DELETE', 'reset_peer_downstream'))) < 1_000 ? 'at once' : 'when it has waited'
    },
    expected: differ('at once', 'when it has waited'),
  },
  {
    name: 'a timeout of toxicity 0 that is removed',
    async of(start) {
      const { peer, addToxic, change } = await startEdge(start)
      await addToxic('timeout')
      await change('PATCH', 'timeout_downstream', { toxicity: 0 })
      expect(await peer.ask('found')).toBe('found')
      await change('DELETE', 'timeout_downstream')
      return (await peer.ask('still here')) || (await peer.over)
    },
    expected: differ('still here', 'end'),
  },
]

describe.each(bothToxiproxies())('%s', (server, start) => {
  test.for([...inTheApi, ...onTheWay].map((one): [string, Difference] => [one.name, one]))(
    '%s',
    async ([, { of, expected }]) => {
      expect(await of(start)).toEqual(expected[server])
    },
  )
})

// Servers of their own: the real one hangs until the dialling is over, keeps a proxy that cannot be deleted, and ends.
describe.each(bothToxiproxies())('%s', (server, start) => {
  test('disabling a proxy whose upstream never answers the dial is done', async () => {
    const hole = await startBlackHole()
    const { api, proxy } = await start()
    const peer = await dial(await proxy(hole))
    onTestFinished(() => void peer.socket.destroy())
    const disabled = api('PATCH', '/proxies/edge', { enabled: false }).then(({ status }) => status)
    disabled.catch(() => undefined)
    const outcome = await Promise.race([disabled, pause(1_000).then(() => 'not in a second')])
    expect(outcome).toBe(server === 'toxiproxy-server' ? 'not in a second' : 200)
  })

  test('a proxy whose name has a slash is found again, and a bandwidth below 0 is survived', async () => {
    const { api, ok, proxy, addToxic } = await start()
    await ok('POST', '/proxies', { name: 'a/b', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' })
    const { status } = await api('GET', `/proxies/${encodeURIComponent('a/b')}`)
    expect(status).toBe(server === 'toxiproxy-server' ? 404 : 200)

    const echo = await startEcho()
    const peer = await dial(await proxy(echo.port))
    await addToxic('bandwidth', { rate: -1 })
    peer.socket.write('x')
    const lives = async () => (await api('GET', '/version').catch(() => null)) !== null
    await expect
      .poll(async () => (await pause(300), lives()), { timeout: 10_000 })
      .toBe(server === 'the embedded Toxiproxy')
  })
})
