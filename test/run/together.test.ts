import { expect, test } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import { together } from '../../src/run/together.ts'

const { sleep } = monotonicClock()
const anHour = 3_600_000

test('what each brings, in order', async () => {
  expect(await together(new AbortController().signal, () => [Promise.resolve(1), 'two', sleep(1)])).toEqual([
    1,
    'two',
    undefined,
  ])
})

test('when one fails the others are told, and awaited', async () => {
  let isOver = false
  const other = async (signal: AbortSignal) => {
    await sleep(anHour, signal)
    await sleep(20)
    isOver = true
  }
  const failing = together(new AbortController().signal, (signal) => [other(signal), Promise.reject(new Error('no'))])
  await expect(failing).rejects.toThrow('no')
  expect(isOver).toBe(true)
})

test('when the run is over all are told', async () => {
  const run = new AbortController()
  const both = together(run.signal, (signal) => [sleep(anHour, signal), sleep(anHour, signal)])
  run.abort()
  expect(await both).toEqual([undefined, undefined])
})
