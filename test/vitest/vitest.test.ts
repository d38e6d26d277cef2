import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { defineContract } from '../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../src/contract/stance.ts'
import { down, kill, latency } from '../../src/fault/vocabulary.ts'
import { openLink, openMock, mockProvider } from '../../src/vitest/api.ts'

const contract = defineContract({
  consumer: 'page',
  provider: 'shop',
  interactions: {
    'read an item': {
      request: { method: 'GET', path: '/items/{id}' },
      parameters: { id: 7 },
      response: { body: z.object({ id: z.int(), stock: z.int() }) },
      degraded: {
        'stock: unavailable': reduced({ body: z.object({ id: z.int(), stock: z.null() }) }),
        'db: *': refused({ retryAfter: true }),
        'cache: slow': unaffected(),
      },
    },
  },
})

const whole = { status: 200, headers: {}, body: '{"id":7,"stock":3}' }
const without = { status: 200, headers: {}, body: '{"id":7,"stock":null}' }
const later = { status: 503, headers: { 'Retry-After': '5' }, body: '' }

describe('toKeep', () => {
  base('holds an answer against the half that is demanded', () => {
    expect(whole).toKeep(contract, 'read an item')
    expect(without).not.toKeep(contract, 'read an item')
    expect(without).toKeep(contract, 'read an item', { under: 'stock: unavailable' })
    expect(whole).not.toKeep(contract, 'read an item', { under: 'stock: unavailable' })
    expect(later).toKeep(contract, 'read an item', { under: 'db: wrong' })
    expect(whole).toKeep(contract, 'read an item', { under: 'cache: slow' })
  })

  base('says what was wanted', () => {
    expect(() => expect(without).toKeep(contract, 'read an item')).toThrow(
      /does not keep "read an item" \(normal: status 200, body\)\n {2}body\.stock: .*expected number, received null.*\n {2}got status 200/,
    )
    expect(() => expect(whole).not.toKeep(contract, 'read an item')).toThrow('the answer keeps "read an item"')
  })

  base('reads a Response, and leaves it to be read', async () => {
    const response = new Response(whole.body)
    await expect(response).toKeep(contract, 'read an item')
    expect(await response.json()).toEqual({ id: 7, stock: 3 })
    await expect(expect(new Response('{}')).toKeep(contract, 'read an item')).rejects.toThrow('does not keep')
  })

  base('knows the names: what is misspelt is red in the editor, and when it runs', () => {
    // @ts-expect-error There is no such interaction.
    expect(() => expect(whole).toKeep(contract, 'read an itme')).toThrow('there is no interaction "read an itme"')
    // @ts-expect-error There is no such condition.
    expect(() => expect(whole).toKeep(contract, 'read an item', { under: 'db: gone' })).toThrow('is no condition')
    expect(() => expect('text').toKeep(contract, 'read an item')).toThrow('toKeep wants a Response')
  })
})

const test = base.extend({ shop: mockProvider(contract) })

describe('a provider of its own for each test', () => {
  test('answers as its contract has it, and as it has it when something is broken', async ({ shop }) => {
    await expect(await fetch(`${shop.url}/items/12`)).toKeep(contract, 'read an item')
    shop.under('stock: unavailable')
    await expect(await fetch(`${shop.url}/items/12`)).toKeep(contract, 'read an item', { under: 'stock: unavailable' })
    shop.under()
    await expect(await fetch(`${shop.url}/items/12`)).toKeep(contract, 'read an item')
    expect(shop.answered.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('begins each test in fair weather', async ({ shop }) => {
    expect(shop.answered).toEqual([])
    await expect(await fetch(`${shop.url}/items/1`)).toKeep(contract, 'read an item')
  })

  base('throws in the end when it was asked for what no contract has', async () => {
    const shop = await openMock(contract)
    expect((await fetch(`${shop.url}/articles/1`)).status).toBe(500)
    await expect(shop[Symbol.asyncDispose]()).rejects.toThrow('requests that no contract has')
  })
})

async function server(): Promise<string> {
  const http = createServer((_, response) => response.end('hello'))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void http.close().closeAllConnections())
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

describe('a link to a server', () => {
  base('lets through, until a fault is put on it, and again when it is taken away', async () => {
    await using link = await openLink(await server())
    const ask = async () => (await fetch(link.url)).text()
    expect(await ask()).toBe('hello')
    await link.inject(down('shop'))
    await expect(ask()).rejects.toThrow('fetch failed')
    await link.restore()
    expect(await ask()).toBe('hello')
    await link.inject(latency('shop', '200ms'))
    const before = performance.now()
    expect(await ask()).toBe('hello')
    expect(performance.now() - before).toBeGreaterThanOrEqual(199)
    await link.restore()
    await expect(link.inject(kill('shop'))).rejects.toThrow('it is no fault of a connection')
  })
})
