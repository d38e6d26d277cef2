import { expect, test } from 'vitest'
import type { Duration } from '../../src/core/duration.ts'
import { canaryLimitMs, feels } from '../../src/fault/felt.ts'
import type { CanaryReading } from '../../src/fault/record.ts'
import { down, type Fault, latency, timeout } from '../../src/fault/vocabulary.ts'

const before: CanaryReading = { edge: 'a → b', at: 0, when: 'before', took: 5, outcome: 'answered', limitMs: 500 }

/** What the canary reads when an answer would come after `answerMs`. */
function read(fault: Fault, answerMs: number): CanaryReading {
  const limitMs = canaryLimitMs(fault)
  const inTime = answerMs < limitMs
  return {
    ...before,
    when: 'during',
    limitMs,
    took: Math.min(answerMs, limitMs),
    outcome: inTime ? 'answered' : 'silent',
  }
}

test.for<Duration>(['100ms', '1s', '2400ms', '2600ms', '3s', '3200ms', '30s'])(
  'a delay of %s is felt, its absence is not',
  (delay) => {
    const fault = latency('b', delay)
    const delayMs = Number(delay.replace(/m?s/, '')) * (delay.endsWith('ms') ? 1 : 1_000)
    expect(feels(fault, read(fault, delayMs + 5), before)).toBe(true)
    expect(feels(fault, read(fault, 5), before)).toBe(false)
  },
)

test('silence is no delay that would have been seen in time', () => {
  const fault = latency('b', '100ms')
  expect(feels(fault, read(fault, 10_000), before)).toBe(false)
})

test('a refused port and a black hole are told apart', () => {
  const refused = { ...before, outcome: 'refused' as const }
  expect([feels(down('b'), refused, before), feels(timeout('b'), refused, before)]).toEqual([true, false])
})
