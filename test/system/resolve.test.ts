import { describe, expect, test } from 'vitest'
import { defineSystem, node, own, redis, type System, url } from '../../src/system/define.ts'
import { doorOf, levels, resolveTopology, type ResolveOptions } from '../../src/system/resolve.ts'
import { edgesNamed } from '../../src/system/topology.ts'
import { shop } from './shop.ts'

/** Ports 20001, 20002, …, in the order they are asked for. */
async function resolved(system: System, options: Partial<ResolveOptions> = {}) {
  const asked: number[] = []
  const topology = await resolveTopology(system, {
    variants: [],
    proxied: true,
    folder: '/shop',
    data: '/data',
    ports: async (count) => {
      asked.push(count)
      return Array.from({ length: count }, (_, index) => 20_001 + index)
    },
    ...options,
  })
  const instance = (id: string) => topology.instances.find((one) => one.id === id)
  const edge = (id: string) => topology.edges.find((one) => one.id === id)
  return { topology, asked, instance, edge }
}

describe('instances', () => {
  test('stand in order of need, each replica by itself', async () => {
    const { topology } = await resolved(shop)
    expect(topology.name).toBe('small shop')
    expect(topology.instances.map(({ id }) => id)).toEqual([
      'comments',
      'redis',
      'auth',
      'storefront#1',
      'storefront#2',
      'balancer',
    ])
    expect(levels(topology).map((level) => level.map(({ id }) => id))).toEqual([
      ['comments', 'redis'],
      ['auth'],
      ['storefront#1', 'storefront#2'],
      ['balancer'],
    ])
  })

  test('know how they are started and when they are ready', async () => {
    const { instance } = await resolved(shop)
    expect(instance('balancer')).toMatchObject({
      service: 'balancer',
      kind: 'program',
      host: '127.0.0.1',
      port: 8080,
      command: [process.execPath, 'balancer.ts'],
      cwd: '/shop',
      probe: { kind: 'http', path: '/healthz' },
      readyWithinMs: 20_000,
    })
    expect(instance('comments')).toMatchObject({ cwd: '/shop/services', probe: { kind: 'tcp' } })
    expect(instance('storefront#2')).toMatchObject({ service: 'storefront', readyWithinMs: 3_000 })
    expect(instance('redis')).toMatchObject({ kind: 'redis', probe: { kind: 'redis' }, command: [], cwd: '/shop' })
  })

  test('a cycle is started at its first name, the rest as it can be', async () => {
    const cycle = defineSystem({
      name: 'cycle',
      services: {
        b: node('b.ts', { env: { A: url('a') } }),
        a: node('a.ts', { env: { B: url('b') } }),
        c: node('c.ts', { env: { B: url('b') } }),
      },
    })
    const { topology } = await resolved(cycle)
    expect(levels(topology).map((level) => level.map(({ id }) => id))).toEqual([['a'], ['b'], ['c']])
  })

  test('no two addresses are the same, and ports are asked for once', async () => {
    const { topology, asked } = await resolved(shop)
    const ports = [
      ...topology.instances.map(({ port }) => port),
      ...topology.edges.flatMap(({ proxy, tap }) => [proxy.port, tap.port]),
    ]
    expect(new Set(ports).size).toBe(ports.length)
    // 5 instances without a fixed port, 5 edges with a proxy and a tap each.
    expect(asked).toEqual([15])
  })
})

describe('edges', () => {
  test('there is one for each consumer and provider instance, whatever the number of references', async () => {
    const { topology } = await resolved(shop)
    expect(topology.edges.map(({ id }) => id)).toEqual([
      'balancer → storefront#1',
      'balancer → storefront#2',
      'storefront → comments',
      'storefront → auth',
      'auth → redis',
    ])
  })

  test('lead from the proxy over the tap to the instance', async () => {
    const { edge, instance } = await resolved(shop)
    const found = edge('balancer → storefront#2')
    expect(found).toMatchObject({
      consumer: 'balancer',
      provider: 'storefront',
      instance: 'storefront#2',
      upstream: { host: '127.0.0.1', port: instance('storefront#2')?.port },
    })
    expect(new Set([found?.proxy.port, found?.tap.port, found?.upstream.port]).size).toBe(3)
  })

  test('without proxies lead straight to the instance', async () => {
    const { edge, instance, asked } = await resolved(shop, { proxied: false })
    const found = edge('auth → redis')
    expect(found?.proxy).toEqual({ host: '127.0.0.1', port: instance('redis')?.port })
    expect(found?.tap).toEqual(found?.proxy)
    expect(asked).toEqual([5])
  })
})

describe('environment', () => {
  test('hands each service the addresses of its own proxies', async () => {
    const { edge, instance } = await resolved(shop)
    const proxies = ['#1', '#2'].map(
      (number) => `http://127.0.0.1:${edge(`balancer → storefront${number}`)?.proxy.port}`,
    )
    expect(instance('balancer')?.env).toMatchObject({ STOREFRONTS: proxies.join(','), PORT: '8080' })
    expect(instance('storefront#1')?.env).toMatchObject({
      COMMENTS_URL: `http://127.0.0.1:${edge('storefront → comments')?.proxy.port}`,
      AUTH_HOST: '127.0.0.1',
      AUTH_PORT: String(edge('storefront → auth')?.proxy.port),
      NAME: 'storefront#1',
      MODE: 'fast',
    })
    expect(instance('storefront#2')?.env['NAME']).toBe('storefront#2')
    expect(instance('comments')?.env['HOST']).toBe('127.0.0.1')
  })

  test('without proxies hands out the addresses of the instances', async () => {
    const { instance } = await resolved(shop, { proxied: false })
    expect(instance('auth')?.env['REDIS_PORT']).toBe(String(instance('redis')?.port))
  })

  test('of the runner only what every machine has is passed on', async () => {
    process.env['BROWNOUT_TEST_SECRET'] = 'secret'
    const { instance } = await resolved(shop)
    delete process.env['BROWNOUT_TEST_SECRET']
    const inherited = Object.keys(instance('redis')?.env ?? {})
    const known = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_COMPILE_CACHE']
    expect(inherited.filter((name) => !known.includes(name))).toEqual([])
    expect(instance('redis')?.env['PATH']).toBe(process.env['PATH'])
    expect(process.env['NODE_COMPILE_CACHE']).toBeTypeOf('string')
    expect(instance('redis')?.env['NODE_COMPILE_CACHE']).toBe(process.env['NODE_COMPILE_CACHE'])
  })

  test('a service may outrank what it inherits, and join replicas as it likes', async () => {
    const system = defineSystem({
      name: 'sample',
      services: {
        front: node('front.ts', {
          env: { PATH: '/bin', BACKS: url('back', { separator: ' ' }), REDIS: url('redis'), ME: own('port') },
        }),
        back: node('back.ts', { replicas: 2 }),
        redis: redis({ port: 6_379 }),
      },
    })
    const { instance } = await resolved(system, { proxied: false })
    const backs = ['#1', '#2'].map((number) => `http://127.0.0.1:${instance(`back${number}`)?.port}`)
    expect(instance('front')?.env).toMatchObject({
      PATH: '/bin',
      BACKS: backs.join(' '),
      REDIS: 'redis://127.0.0.1:6379',
      ME: String(instance('front')?.port),
    })
  })
})

describe('variants', () => {
  test('lay themselves on the environment, in order', async () => {
    const mode = async (...variants: string[]) =>
      (await resolved(shop, { variants })).instance('storefront#1')?.env['MODE']
    expect(await mode()).toBe('fast')
    expect(await mode('slow')).toBe('slow')
    expect(await mode('slow', 'storefront.cached')).toBe('cached')
    expect(await mode('storefront.cached', 'slow')).toBe('slow')
  })

  test('a reference in one is an edge, and one that it replaces is none', async () => {
    const cached = await resolved(shop, { variants: ['storefront.cached'] })
    expect(cached.instance('storefront#2')?.env['CACHE']).toBe(
      `redis://127.0.0.1:${cached.edge('storefront → redis')?.proxy.port}`,
    )
    const alone = await resolved(shop, { variants: ['storefront.alone'] })
    expect(alone.edge('storefront → comments')).toBeUndefined()
    expect(alone.instance('storefront#1')?.env['COMMENTS_URL']).toBe('http://127.0.0.1:9')
  })

  test('one that is unknown is an error with the nearest name', async () => {
    await expect(resolved(shop, { variants: ['storefront.cashed'] })).rejects.toMatchObject({
      code: 'UNKNOWN_VARIANT',
      exitCode: 2,
      hint: 'Did you mean "storefront.cached"?',
    })
    await expect(resolved(shop, { variants: ['entirely different'] })).rejects.toMatchObject({
      hint: 'Known variants: slow, storefront.cached, storefront.alone.',
    })
  })
})

test('a workload goes in at the door, the first instance, and through no proxy', async () => {
  const { topology, instance } = await resolved(shop)
  expect(doorOf(shop, topology, 'storefront')).toBe('http://127.0.0.1:8080')
  expect(doorOf(shop, topology, 'auth')).toBe(`http://127.0.0.1:${instance('auth')?.port}`)
  expect(doorOf({ ...shop, doors: {} }, topology, 'storefront')).toBe(
    `http://127.0.0.1:${instance('storefront#1')?.port}`,
  )
  expect(() => doorOf(shop, topology, 'nowhere')).toThrow(RangeError)
})

test.each([
  ['auth → redis', ['auth → redis']],
  ['auth -> redis', ['auth → redis']],
  ['redis', ['auth → redis', 'storefront → redis']],
  ['storefront', ['balancer → storefront#1', 'balancer → storefront#2']],
  ['storefront#2', ['balancer → storefront#2']],
  ['balancer → storefront', ['balancer → storefront#1', 'balancer → storefront#2']],
  ['balancer -> storefront#1', ['balancer → storefront#1']],
  ['balancer → storefront#3', []],
  ['redis → auth', []],
  ['comets', []],
  ['auth → redis → x', []],
  ['', []],
])('by %j is meant %j', async (text, ids) => {
  const { topology } = await resolved(shop, { variants: ['storefront.cached'] })
  expect(
    edgesNamed(topology.edges, text)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids)
})
