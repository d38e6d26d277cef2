import { expect, onTestFinished, test } from 'vitest'
import { TcpProxy } from '../../src/toxiproxy/proxy.ts'
import { dial, portOf, startEcho, tryDial } from './harness.ts'

async function makeProxy(): Promise<TcpProxy> {
  const { port } = await startEcho()
  const settings = { name: 'edge', listen: '127.0.0.1:0', upstream: `127.0.0.1:${port}` }
  const proxy = new TcpProxy(settings, { seed: 1, dialMs: 1_000 })
  onTestFinished(() => proxy.stop())
  return proxy
}

test('what is asked at once is done one after the other', async () => {
  const proxy = await makeProxy()
  await Promise.all([proxy.start(), proxy.stop(), proxy.start(), proxy.start()])
  expect(await (await dial(portOf(proxy.listen))).ask('hello')).toBe('hello')
  const { listen } = proxy
  await Promise.all([proxy.update({ enabled: false }), proxy.update({ enabled: true }), proxy.update({})])
  expect(proxy.listen).toBe(listen)
  expect(await (await dial(portOf(listen))).ask('hello')).toBe('hello')
  await Promise.all([proxy.update({ enabled: true }), proxy.stop()])
  expect(await tryDial(portOf(listen))).toBe('ECONNREFUSED')
})

test('a start that failed keeps nothing from being tried again', async () => {
  const [first, second] = [await makeProxy(), await makeProxy()]
  await first.start()
  await expect(second.update({ listen: first.listen, enabled: true })).rejects.toThrow('address already in use')
  await first.stop()
  await second.start()
  expect(await (await dial(portOf(second.listen))).ask('hello')).toBe('hello')
})
