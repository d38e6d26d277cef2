import { expect, test } from 'vitest'
import { settled, within } from '../../src/core/within.ts'

const never = new Promise<never>(() => undefined)
const late = () => new Error('too late')

test('settled brings the value, or null when the time is over', async () => {
  expect(await settled(10_000, Promise.resolve(7))).toBe(7)
  expect(await settled(5, never)).toBeNull()
  await expect(settled(10_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

test('within brings the value, even null, or rejects when the time is over', async () => {
  expect(await within(10_000, Promise.resolve(null), late)).toBeNull()
  await expect(within(5, never, late)).rejects.toThrow('too late')
  await expect(within(10_000, Promise.reject(new Error('broken')), late)).rejects.toThrow('broken')
})

test('no timer is left behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  await Promise.all([settled(60_000, Promise.resolve()), within(60_000, Promise.resolve(), late)])
  expect(timers()).toBeLessThanOrEqual(before)
})
