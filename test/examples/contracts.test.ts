import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileContracts } from '../../src/contract/compile.ts'
import { fillRequest } from '../../src/contract/fill.ts'
import { resolveStance } from '../../src/contract/resolve.ts'
import { validateContract } from '../../src/contract/validate.ts'
import storefront from './browser--storefront.contract.ts'
import notifications from './notifications--orders.contract.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/contracts.md'), 'utf8')
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')

test('docs/contracts.md quotes the examples letter by letter', () => {
  const blocks = [...page.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '')
  expect(blocks).toHaveLength(5)
  const [messages = '', names = ''] = blocks.splice(3)
  for (const block of blocks) expect(read('browser--storefront.contract.ts')).toContain(block)
  expect(read('notifications--orders.contract.ts')).toBe(messages)
  // The shop names all of its contracts, the page one.
  const registered = names.split('\n').filter((line) => !line.startsWith('    contracts: '))
  expect(registered.filter((line) => !read('../../brownout.d.ts').includes(line))).toEqual([])
})

test('the examples are sound, and mean what the page says', () => {
  expect([...validateContract(storefront, 'x'), ...validateContract(notifications, 'y')]).toEqual([])
  const { terms } = compileContracts([{ file: 'x', contract: storefront }])
  const article = terms.interactions.find(({ key }) => key === 'browser → storefront / read an article')
  if (!article) throw new Error('the article is missing')
  const stance = (consumer: string, dependency: string, condition: 'slow' | 'overloaded') =>
    resolveStance(article, { consumer, dependency, condition })?.text
  expect(stance('storefront', 'comments', 'slow')).toBe('comments: *')
  expect(stance('storefront', 'comments', 'overloaded')).toBe('comments: overloaded')
  expect(stance('catalog', 'redis', 'slow')).toBe('redis: *')
  expect(stance('auth', 'redis', 'slow')).toBe('auth → redis: slow')
  expect(stance('storefront', 'imaging', 'slow')).toBe('otherwise')
})

test('parameters and the values of a provider state fill the request', () => {
  const order = storefront.interactions['place an order']
  if (!order) throw new Error('the order is missing')
  expect(fillRequest(order.request, { ...order.parameters, session: 's-1' })).toEqual({
    method: 'POST',
    path: '/orders',
    headers: { authorization: 'Bearer s-1', 'idempotency-key': 'order-1', 'content-type': 'application/json' },
    body: '{"album":7,"note":"for Ada"}',
  })
})
