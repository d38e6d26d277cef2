import { expect, test } from 'vitest'
import { nearest } from '../../src/core/nearest.ts'

const conditions = ['unavailable', 'slow', 'failing', 'overloaded', 'wrong']

test.each([
  ['unavailble', 'unavailable'],
  ['slwo', 'slow'],
  ['SLOW', 'slow'],
  ['wrongs', 'wrong'],
  ['overlaoded', 'overloaded'],
])('"%s" was meant to be "%s"', (typed, meant) => {
  expect(nearest(typed, conditions)).toBe(meant)
})

test.each(['', 'down', 'broken', 'latency', 'x'])('"%s" is near to none', (typed) => {
  expect(nearest(typed, conditions)).toBeUndefined()
})

test('the nearest wins, and the first of those that are equally near', () => {
  expect(nearest('reponse', ['request', 'responses', 'response'])).toBe('response')
  expect(nearest('storefrnt', new Set(['storefront', 'storefont']))).toBe('storefront')
  expect(nearest('anything', [])).toBeUndefined()
})
