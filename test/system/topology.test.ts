import { expect, test } from 'vitest'
import { edgeName, formatAddress, parseEdgeName } from '../../src/system/topology.ts'

test.each([
  ['a → b', { consumer: 'a', provider: 'b' }],
  ['a -> b', { consumer: 'a', provider: 'b' }],
  ['  a→b ', { consumer: 'a', provider: 'b' }],
  ['balancer -> storefront#1', { consumer: 'balancer', provider: 'storefront#1' }],
  ['b', { provider: 'b' }],
  [' b-c ', { provider: 'b-c' }],
  ['', { provider: '' }],
  // No edge has such a provider: it is found to be unknown, not read as half of what was written.
  ['a → b → c', { consumer: 'a', provider: 'b → c' }],
])('%j', (text, expected) => {
  expect(parseEdgeName(text)).toEqual(expected)
})

test('what is formatted is read again', () => {
  expect(parseEdgeName(edgeName('auth', 'redis'))).toEqual({ consumer: 'auth', provider: 'redis' })
  expect(formatAddress({ host: '127.0.0.1', port: 4100 })).toBe('127.0.0.1:4100')
})
