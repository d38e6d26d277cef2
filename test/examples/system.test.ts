import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import shop from '../../brownout.config.ts'
import { resolveTopology } from '../../src/system/resolve.ts'
import { validateSystem } from '../../src/system/validate.ts'
import system from './system.config.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/system.md'), 'utf8')
const example = readFileSync(join(import.meta.dirname, 'system.config.ts'), 'utf8')

test('docs/system.md quotes the example letter by letter', () => {
  const blocks = [...page.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '')
  expect(blocks.length).toBeGreaterThan(1)
  for (const block of blocks) expect(example).toContain(block)
})

test('the example is sound, and so is the sample system', () => {
  expect(validateSystem(system, 'system.config.ts')).toEqual([])
  expect(validateSystem(shop, 'brownout.config.ts')).toEqual([])
})

test('its edges are those the page draws', async () => {
  const ports = async (count: number) => Array.from({ length: count }, (_, index) => 20_000 + index)
  const { edges } = await resolveTopology(system, { variants: [], ports, data: '/nowhere', proxied: true, folder: '/' })
  const drawn = page.matchAll(/^    (\S+ → \S+)$/gm)
  expect([...drawn].map(([, id]) => id)).toEqual(edges.map(({ id }) => id))
})
