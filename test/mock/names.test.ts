import { expect, expectTypeOf, test } from 'vitest'
import auth from '../../contracts/storefront--auth.contract.ts'
import type { Condition } from '../../src/contract/condition.ts'
import { defineContract, type Contract } from '../../src/contract/define.ts'
import { unaffected } from '../../src/contract/stance.ts'
import { mockService, networkError } from '../../src/msw/api.ts'
import { contract } from '../msw/article.ts'

const baseUrl = 'http://storefront.test'

test('a contract whose type tells its names has them checked', () => {
  const storefront = mockService(contract, { baseUrl })
  expectTypeOf(storefront.next).parameter(0).toEqualTypeOf<'read an article' | 'save an article'>()
  type Named = 'comments' | 'auth' | 'redis'
  expectTypeOf(storefront.under).parameter(0).toEqualTypeOf<`${Named}: ${Condition}`>()
  expectTypeOf(storefront.requests).toHaveProperty('read an article')
  // @ts-expect-error A typing error is red before anything runs, and while it runs.
  expect(() => storefront.next('read an artikle', networkError())).toThrow(
    'Failed to answer "read an artikle" otherwise',
  )
  // @ts-expect-error
  expect(() => storefront.under('comments: unavailible')).toThrow('it is no condition')
})

test('so has one that a file exports', () => {
  const service = mockService(auth, { baseUrl })
  expectTypeOf(service.next).parameter(0).toEqualTypeOf<'log in' | 'look a session up'>()
  expectTypeOf(service.under).parameter(0).toEqualTypeOf<`redis: ${Condition}`>()
  // It names Redis, but not this: only while the test runs it is told.
  expect(() => service.under('redis: wrong')).toThrow('no interaction says what is answered then')
})

test('where the type does not tell, any text is taken', () => {
  const { interactions } = contract
  const wide: Contract = defineContract({ consumer: 'a', provider: 'b', interactions, otherwise: unaffected() })
  for (const source of [wide, JSON.stringify(pact), pact]) {
    const service = mockService(source, { baseUrl })
    expectTypeOf(service.next).parameter(0).toEqualTypeOf<string>()
    expectTypeOf(service.under).parameter(0).toEqualTypeOf<string>()
  }
})

const pact = {
  consumer: { name: 'app' },
  provider: { name: 'cats' },
  interactions: [{ description: 'a cat', request: { method: 'get', path: '/' }, response: { status: 200 } }],
}
