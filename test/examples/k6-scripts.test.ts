import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../docs/k6-scripts.md'), 'utf8')
const scenario = readFileSync(
  join(import.meta.dirname, '../fixtures/scripts/scenarios/shared-iterations.scenario.ts'),
  'utf8',
)

test('docs/k6-scripts.md quotes the example letter by letter', () => {
  const blocks = [...page.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => match[1] ?? '')
  expect(blocks).toHaveLength(1)
  for (const block of blocks) expect(scenario).toContain(block)
})
