import { expect, test } from 'vitest'
import { orderByNeed } from '../../src/system/order.ts'

const orders: [what: string, needs: Record<string, string[]>, order: string][] = [
  ['nobody needs anybody', { b: [], a: [] }, 'b a'],
  ['providers come first', { a: ['b'], b: ['c'], c: [] }, 'c b a'],
  ['a provider of two comes before both', { a: ['c'], b: ['c'], c: [] }, 'c a b'],
  ['a cycle is broken at its first name', { z: ['m'], m: ['z'] }, 'm z'],
  ['a cycle is not broken at one that is not in it', { a: ['y'], z: ['y'], y: ['z'] }, 'y a z'],
  ['what a cycle needs comes before it', { b: ['c', 'x'], c: ['b'], x: [] }, 'x b c'],
  ['two cycles', { d: ['c'], c: ['d', 'a'], b: ['a'], a: ['b'] }, 'a b c d'],
  ['who needs itself', { a: ['a', 'b'], b: [] }, 'b a'],
  ['what is unknown is not waited for', { a: ['nowhere'] }, 'a'],
]
test.each(orders)('%s', (_what, needs, order) => {
  const map = new Map(Object.entries(needs).map(([name, providers]) => [name, new Set(providers)]))
  expect(orderByNeed(Object.keys(needs), map).join(' ')).toBe(order)
})
