import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Jobs } from '../../services/orders/jobs.ts'
import { Orders } from '../../services/orders/orders.ts'
import { Outbox } from '../../services/orders/outbox.ts'
import { openStore } from '../../services/orders/store.ts'
import { nameOf } from '../../src/pact/emit/emit-contracts.ts'
import type { Pact, PactInteraction } from '../../src/pact/model.ts'
import { verifyWithStock } from '../pact/stock/verify.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { pactsOf, states } from './states.ts'

/** No fault causes them yet. */
const notCausable = / is (?:failing|overloaded|wrong)$/

function isCausable({ states: wanted }: PactInteraction): boolean {
  return !wanted.some(({ name }) => notCausable.test(name))
}

function only(pact: Pact, is: (interaction: PactInteraction) => boolean): Pact {
  return { ...pact, interactions: pact.interactions.filter(is) }
}

async function pactNamed(name: string): Promise<Pact> {
  const pact = (await pactsOf(undefined)).find((one) => nameOf(one) === name)
  if (!pact) throw new Error(`no contract makes ${name}`)
  return pact
}

/** What orders sends, made by its own code. */
async function messagesOfOrders(): Promise<Record<string, unknown>> {
  await using folder = await temporaryFolder()
  process.env['DATA'] = join(folder.path)
  const store = openStore({ keysAreUnique: true })
  new Orders(store).place('a key', { album: 1, copies: 2 })
  return { 'order placed': new Outbox(store).waiting(1)[0], 'print job': new Jobs(store).claim('a contract') }
}

test(
  'the stock verifier accepts every pact of the shop, and finds it right in each state that can be caused',
  { timeout: 180_000 },
  async () => {
    const { states: at, url } = await states()
    const messages = await messagesOfOrders()
    for (const pact of await pactsOf(undefined)) {
      const causable = only(pact, isCausable)
      const asked = {
        pact: causable,
        url: url(pact.provider),
        states: at,
        messages: pact.provider === 'orders' ? messages : {},
      }
      const { right, wrong, output } = await verifyWithStock(asked)
      expect(wrong, output).toEqual([])
      expect(right.toSorted()).toEqual(causable.interactions.map(({ description }) => description).toSorted())
    }
    const red = only(await pactNamed('storefront-catalog.json'), (one) => !isCausable(one))
    expect((await verifyWithStock({ pact: red, url: url('catalog'), states: at })).wrong.toSorted()).toEqual(
      ['failing', 'overloaded', 'wrong'].map((condition) => `look at an album (redis is ${condition})`),
    )
  },
)

const variants: [variant: string, pact: string, asked: string[], wrong: string[]][] = [
  [
    'storefront.comments-required',
    'browser-storefront.json',
    ['read an article', 'read an article (comments is unavailable)', 'log in (redis is unavailable)'],
    ['read an article (comments is unavailable)'],
  ],
  [
    'catalog.cache-required',
    'storefront-catalog.json',
    ['look at an album', 'look at an album (redis is unavailable)'],
    ['look at an album (redis is unavailable)'],
  ],
]

test.each(variants)('and finds %s wrong', { timeout: 90_000 }, async (variant, name, asked, expected) => {
  const { states: at, url } = await states('--variant', variant)
  const pact = only(await pactNamed(name), ({ description }) => asked.includes(description))
  const { right, wrong } = await verifyWithStock({ pact, url: url(pact.provider), states: at })
  expect(wrong).toEqual(expected)
  expect(right.length).toBe(asked.length - expected.length)
})
