import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineContract } from '../../../src/contract/define.ts'
import { refused } from '../../../src/contract/stance.ts'
import { consumerPact } from '../../../src/pact/consumer/api.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const contract = defineContract({
  consumer: 'page',
  provider: 'shop',
  interactions: {
    'read an item': {
      request: { method: 'GET', path: '/items/{id}', headers: { accept: 'application/json' } },
      parameters: { id: 7 },
      response: { body: z.object({ id: z.int() }) },
      degraded: { 'stock: slow': refused({ retryAfter: true }) },
    },
  },
})

const [normal, late] = consumerPact(contract, { dir: 'nowhere' })

test('there is a case for each stance, with what is asked and answered', () => {
  expect(normal).toMatchObject({ name: 'read an item', interaction: 'read an item', stance: 'normal', condition: null })
  expect(normal?.request.path).toBe('/items/7')
  expect(normal?.response.body).toMatchObject({ value: { id: 1 } })
  expect(late).toMatchObject({ name: 'read an item (stock is slow)', stance: 'refused', condition: 'stock: slow' })
  expect(late?.response).toMatchObject({ status: 503, headers: { 'retry-after': ['0'] } })
})

test('the consumer meets a real server, and what its test returns is returned', async () => {
  await using folder = await temporaryFolder()
  const [first, second] = consumerPact(contract, { dir: folder.path })
  const read = async (url: string) => {
    const { status, headers } = await fetch(`${url}/items/12`, { headers: { accept: 'application/json' } })
    return [status, headers.get('retry-after')]
  }
  expect(await first?.play(read)).toEqual([200, null])
  expect(await second?.play(read)).toEqual([503, '0'])
  expect(existsSync(join(folder.path, 'page-shop.json'))).toBe(true)
})

const wrong: [what: string, ask: (url: string) => Promise<unknown>, why: RegExp][] = [
  ['asks for something else', (url) => fetch(`${url}/articles/1`), /"read an item" was not asked for.*\/articles\/1/s],
  ['leaves a header out', (url) => fetch(`${url}/items/1`), /was not asked for.*accept/is],
  ['asks for nothing', async () => undefined, /was not asked for.*missing-request/s],
]

test.each(wrong)('a consumer that %s is told, and no pact is written', async (_, ask, why) => {
  await using folder = await temporaryFolder()
  const [first] = consumerPact(contract, { dir: folder.path })
  await expect(first?.play(ask)).rejects.toThrow(why)
  expect(existsSync(join(folder.path, 'page-shop.json'))).toBe(false)
})

test('a test that fails is told as it failed, and no pact is written', async () => {
  await using folder = await temporaryFolder()
  const [first] = consumerPact(contract, { dir: folder.path })
  const failing = first?.play(async (url) => {
    await fetch(`${url}/items/1`, { headers: { accept: 'application/json' } })
    throw new TypeError('not coped with')
  })
  await expect(failing).rejects.toThrow(new TypeError('not coped with'))
  expect(existsSync(join(folder.path, 'page-shop.json'))).toBe(false)
})

test('what no pact can say is told at once', () => {
  const interactions = {
    get: { request: { method: 'GET', path: '/' }, response: { body: z.strictObject({ a: z.string().optional() }) } },
  }
  expect(() => consumerPact(defineContract({ consumer: 'a', provider: 'b', interactions }))).toThrow(
    expect.objectContaining({ problems: [expect.anything(), expect.anything()] }),
  )
})
