import { BrokenCircuitError } from 'cockatiel'
import { expect, test } from 'vitest'
import { breaker, guard } from '../../services/chassis/guard.ts'
import { eventually } from './processes.ts'

const fail = () => Promise.reject(new Error('no'))
const never = () => new Promise<never>(() => undefined)
const quick = { limitMs: 10_000, atOnce: 2 }

test('gives up what takes too long, and tells it so', async () => {
  let told: AbortSignal | undefined
  const patience = guard({ limitMs: 50, atOnce: 1 })
  await expect(patience.execute(({ signal }) => ((told = signal), never()))).rejects.toThrow(/timed out/)
  expect(told?.aborted).toBe(true)
})

test('has so many places, and no more', async () => {
  const places = guard(quick)
  void places.execute(never)
  void places.execute(never)
  await expect(places.execute(async () => 1)).rejects.toThrow(/bulkhead/i)
  expect(places.health).toBe('up')
})

test('says how the last call felt', async () => {
  const felt = guard(quick)
  expect(felt.health).toBe('up')
  await expect(felt.execute(fail)).rejects.toThrow('no')
  expect(felt.health).toBe('down')
  expect(await felt.execute(async () => 1)).toBe(1)
  expect(felt.health).toBe('up')
})

test('after five failures asks nobody, then lets one try while the others are told at once', async () => {
  const opens = guard(quick, breaker({ halfOpenAfterMs: 50 }))
  for (let i = 0; i < 5; i++) await expect(opens.execute(fail)).rejects.toThrow('no')
  await expect(opens.execute(fail)).rejects.toThrow(BrokenCircuitError)

  let answer: ((value: string) => void) | undefined
  const attempts: Promise<string>[] = []
  await eventually(() => {
    attempts.push(opens.execute(() => new Promise((resolve) => (answer = resolve))))
    // Those that are refused are expected.
    attempts.at(-1)?.catch(() => undefined)
    expect(answer).toBeDefined()
  })
  await expect(opens.execute(async () => 'me too')).rejects.toThrow(BrokenCircuitError)
  answer?.('well')
  expect(await Promise.any(attempts)).toBe('well')
  expect(await opens.execute(async () => 'me too')).toBe('me too')
})
