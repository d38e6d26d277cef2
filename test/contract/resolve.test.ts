import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileContracts } from '../../src/contract/compile.ts'
import { conditions } from '../../src/contract/condition.ts'
import { defineContract } from '../../src/contract/define.ts'
import { resolveStance } from '../../src/contract/resolve.ts'
import { unaffected } from '../../src/contract/stance.ts'

/** From the strongest line to the weakest; the edge sorts after the dependency, so order alone does not decide. */
const lines = ['storefront → redis: slow', 'storefront → redis: *', 'redis: slow', 'redis: *', 'otherwise'] as const

function resolve(present: readonly string[], felt: Parameters<typeof resolveStance>[1]): string | undefined {
  const degraded = Object.fromEntries(
    present.filter((line) => line !== 'otherwise').map((line) => [line, unaffected()]),
  )
  const { terms } = compileContracts([
    {
      file: 'a.contract.ts',
      contract: defineContract({
        consumer: 'browser',
        provider: 'auth',
        ...(present.includes('otherwise') ? { otherwise: unaffected() } : {}),
        interactions: { login: { request: { method: 'GET', path: '/' }, response: {}, degraded } },
      }),
    },
  ])
  const [interaction] = terms.interactions
  if (!interaction) throw new Error('no interaction')
  return resolveStance(interaction, felt)?.text
}

test('property: of the lines that are there, the strongest that speaks of what is felt holds', () => {
  const felt = fc.record({
    consumer: fc.constantFrom('storefront', 'catalog'),
    dependency: fc.constantFrom('redis', 'comments'),
    condition: fc.constantFrom(...conditions),
  })
  fc.assert(
    fc.property(fc.shuffledSubarray([...lines]), felt, (present, what) => {
      const speaks = lines.filter(
        (line) =>
          line === 'otherwise' ||
          (what.dependency === 'redis' &&
            (what.consumer === 'storefront' || !line.startsWith('storefront')) &&
            (what.condition === 'slow' || line.endsWith('*'))),
      )
      expect(resolve(present, what)).toBe(speaks.find((line) => present.includes(line)))
    }),
  )
})

test('an edge with * beats a dependency with the exact condition', () => {
  const felt = { consumer: 'storefront', dependency: 'redis', condition: 'slow' } as const
  expect(resolve(['redis: slow', 'storefront → redis: *'], felt)).toBe('storefront → redis: *')
  expect(resolve(['redis: slow', 'storefront -> redis: *'], { ...felt, consumer: 'catalog' })).toBe('redis: slow')
})

test('what no line speaks of is undeclared', () => {
  expect(resolve(['redis: slow'], { consumer: 'auth', dependency: 'redis', condition: 'wrong' })).toBeUndefined()
})
