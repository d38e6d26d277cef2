/** Compiled where no names are registered, never run: any name is taken, and the form of a key is checked all the same. */
import { defineContract, defineScenario, down, unaffected } from 'brownout'

const contract = defineContract({
  consumer: 'page',
  provider: 'shop',
  interactions: {
    'read an item': {
      request: { method: 'GET', path: '/items/1' },
      response: {},
      degraded: { 'stock: unavailable': unaffected() },
    },
    'list items': {
      request: { method: 'GET', path: '/items' },
      response: {},
      degraded: { 'cache: *': unaffected() },
    },
  },
})

export const names: keyof typeof contract.interactions = 'read an item'
// @ts-expect-error There is no such interaction in it.
export const misspelt: keyof typeof contract.interactions = 'read an itme'

defineContract({
  consumer: 'page',
  provider: 'shop',
  interactions: {
    'read an item': {
      request: { method: 'GET', path: '/items/1' },
      response: {},
      // @ts-expect-error There is no such condition.
      degraded: { 'stock: gone': unaffected() },
    },
  },
})

defineScenario({
  title: 'any names',
  load: { rate: 1, mix: { 'page → shop / read an item': 1 } },
  faults: [down('stock'), down('shop → stock')],
  promises: {},
})
