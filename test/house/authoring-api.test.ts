import * as brownout from 'brownout'
import { expect, test } from 'vitest'
import * as source from '../../src/index.ts'

test('in a clone, brownout is its sources: the very same module', () => {
  expect(brownout.defineContract).toBe(source.defineContract)
})

test('Node itself resolves brownout to the sources as well', () => {
  expect(import.meta.resolve('brownout')).toMatch(/src\/index\.ts$/)
})
