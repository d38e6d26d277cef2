import { Toxiproxy, type Latency } from 'toxiproxy-node-client'
import { expect, test } from 'vitest'
import { dial, portOf, startEcho, startTestProxy, tryDial } from './harness.ts'

test('the client that people use drives it', async () => {
  const { port } = await startEcho()
  const { url } = await startTestProxy()
  const client = new Toxiproxy(url)
  expect(await client.getVersion()).toBe('{"version": "git"}\n')

  const made = await client.createProxy({ name: 'redis', listen: 'localhost:0', upstream: `localhost:${port}` })
  const listen = portOf(made.listen)
  const peer = await dial(listen)
  expect(await peer.ask('hello')).toBe('hello')

  const toxic = await made.addToxic<Latency>({
    name: 'slow',
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes: { latency: 100, jitter: 0 },
  })
  const start = performance.now()
  expect(await peer.ask('late')).toBe('late')
  expect(performance.now() - start).toBeGreaterThanOrEqual(100)
  await toxic.update({ attributes: { latency: 1, jitter: 0 }, toxicity: 1 } as never)
  expect((await made.getToxic('slow')).attributes).toEqual({ latency: 1, jitter: 0 })
  await toxic.remove()
  await expect(made.getToxic('slow')).rejects.toThrow('404')
  expect(await peer.ask('soon')).toBe('soon')

  const { listen: address, upstream } = made
  expect((await made.update({ enabled: false, listen: address, upstream })).enabled).toBe(false)
  expect(await tryDial(listen)).toBe('ECONNREFUSED')
  await client.reset()
  expect((await client.get('redis')).enabled).toBe(true)
  expect(await (await dial(listen)).ask('hello again')).toBe('hello again')

  const populated = await client.populate([{ name: 'other', listen: 'localhost:0', upstream: 'localhost:1' }])
  expect(Object.keys(populated)).toEqual(['other'])
  expect(Object.keys(await client.getAll())).toEqual(['other', 'redis'])
  await expect(client.createProxy({ name: 'redis', listen: 'localhost:0', upstream })).rejects.toThrow('409')
  await made.remove()
  await expect(client.get('redis')).rejects.toThrow('404')
})
