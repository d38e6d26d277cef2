import { describe, expect, test } from 'vitest'
import type { Duration } from '../../src/core/duration.ts'
import { type CanaryFault, canaryLimitMs, feels, hasCanary, usualOf } from '../../src/fault/felt.ts'
import type { CanaryReading } from '../../src/fault/record.ts'
import {
  bandwidth,
  down,
  type Fault,
  flapping,
  kill,
  latency,
  limitData,
  pause,
  reset,
  restart,
  slicer,
  slowClose,
  surge,
  timeout,
} from '../../src/fault/vocabulary.ts'

const before: CanaryReading = {
  edge: 'a → b',
  at: 0,
  when: 'before',
  took: 5,
  outcome: 'answered',
  limitMs: 500,
  bytes: 200,
  closedAfter: 1,
}

function canary(fault: Fault): CanaryFault {
  if (!hasCanary(fault)) throw new TypeError(`no canary feels ${fault.kind}`)
  return fault
}

/** What the canary reads when an answer would come after `answerMs`. */
function read(fault: CanaryFault, answerMs: number): CanaryReading {
  const limitMs = canaryLimitMs(fault)
  const inTime = answerMs < limitMs
  return {
    ...before,
    when: 'during',
    limitMs,
    took: Math.min(answerMs, limitMs),
    outcome: inTime ? 'answered' : 'silent',
    bytes: inTime ? before.bytes : 0,
  }
}

test.for<Duration>(['100ms', '1s', '2400ms', '2600ms', '3s', '3200ms', '30s'])(
  'a delay of %s is felt, its absence is not',
  (delay) => {
    const fault = canary(latency('b', delay))
    const delayMs = Number(delay.replace(/m?s/, '')) * (delay.endsWith('ms') ? 1 : 1_000)
    expect(feels(fault, read(fault, delayMs + 5), before)).toBe(true)
    expect(feels(fault, read(fault, 5), before)).toBe(false)
  },
)

test('usual is the quickest answer before the fault, whenever it came', () => {
  const readings = [40, 5, 9].map((took) => ({ ...before, took }))
  expect(usualOf([{ ...before, took: 1, outcome: 'silent' }, ...readings])?.took).toBe(5)
  expect(usualOf([])).toBe(undefined)
})

test('silence is no delay that would have been seen in time', () => {
  for (const fault of [latency('b', '100ms'), bandwidth('b', 10), slicer('b', { size: 50, delay: '10ms' })].map(canary))
    expect(feels(fault, read(fault, 10_000), before)).toBe(false)
})

test.for<[Fault, number]>([
  [bandwidth('b', 2), 100],
  [bandwidth('b', 20), 10],
  [slicer('b', { size: 50, delay: '10ms' }), 30],
  [slicer('b', { size: 60, delay: '10ms' }), 30],
])('what $0.kind makes of an answer of 200 bytes is felt from %o on', ([fault, delayMs]) => {
  const felt = (lateMs: number) => feels(canary(fault), read(canary(fault), before.took + lateMs), before)
  expect([felt(delayMs), felt(delayMs * 0.91), felt(delayMs * 0.8), felt(0)]).toEqual([true, true, false, false])
})

test('what chance added to the reading before hides no delay', () => {
  const fault = canary(latency('b', '100ms'))
  const felt = (took: number, usual: number) => feels(fault, read(fault, took), { ...before, took: usual })
  expect([felt(101, 24), felt(99, 24), felt(101, 26), felt(117, 26)]).toEqual([true, false, false, true])
})

test('a longer answer suffers more', () => {
  const fault = canary(bandwidth('b', 2))
  const longer = { ...read(fault, 105), bytes: 400 }
  expect(feels(fault, longer, { ...before, bytes: 400 })).toBe(false)
  expect(feels(fault, { ...longer, took: 205 }, { ...before, bytes: 400 })).toBe(true)
})

test.for([bandwidth('b', 1), slicer('b', { size: 1, delay: '1s' })])(
  'so little of $kind comes in time that it is silence',
  (fault) => {
    const long = { ...before, bytes: 20_000 }
    expect(feels(canary(fault), read(canary(fault), 20_000), long)).toBe(true)
  },
)

test.for([
  latency('b', '4ms'),
  latency('b', '100ms', { jitter: '100ms' }),
  bandwidth('b', 200),
  slicer('b', { size: 200, delay: '1s' }),
  slowClose('b', '4ms'),
])('$kind so slight that chance could be the cause is not felt', (fault) => {
  for (const took of [5, 9, 300])
    expect(feels(canary(fault), { ...read(canary(fault), took), closedAfter: took }, before)).toBe(false)
})

describe('slowClose', () => {
  const fault = canary(slowClose('b', '300ms'))
  const ended = (closedAfter: number | null, limitMs = 800): CanaryReading => ({ ...before, limitMs, closedAfter })

  test('is felt by when the connection ends', () => {
    expect(canaryLimitMs(fault)).toBe(800)
    expect(feels(fault, ended(302), before)).toBe(true)
    expect(feels(fault, ended(1), before)).toBe(false)
    expect(feels(fault, { ...ended(null), outcome: 'closed' }, before)).toBe(false)
  })

  test('beyond the patience of the canary is felt by no end; an end that should have been seen is not', () => {
    expect(feels(fault, ended(null), before)).toBe(false)
    const long = canary(slowClose('b', '1m'))
    expect(feels(long, ended(null, canaryLimitMs(long)), before)).toBe(true)
  })

  test('is not felt where the provider never hangs up', () => {
    const long = canary(slowClose('b', '1m'))
    expect(feels(long, ended(null, canaryLimitMs(long)), ended(null))).toBe(false)
    expect(feels(fault, ended(302), ended(null))).toBe(false)
  })
})

test('limitData is felt by an answer that breaks off, also where only the end of the connection ends an answer', () => {
  const fault = canary(limitData('b', 120))
  const felt = (change: Partial<CanaryReading>) => feels(fault, { ...before, ...change }, before)
  expect(felt({ outcome: 'closed', bytes: 120 })).toBe(true)
  expect(felt({ outcome: 'reset', bytes: 0 })).toBe(true)
  expect(felt({ outcome: 'answered', bytes: 120 })).toBe(true)
  expect(felt({ outcome: 'answered' })).toBe(false)
  expect(felt({ outcome: 'silent', bytes: 0 })).toBe(false)
  expect(felt({ outcome: 'refused', bytes: 0 })).toBe(false)
})

test('a refused port, a black hole, a stopped and a dead process are told apart', () => {
  const outcomes = ['answered', 'refused', 'reset', 'closed', 'silent'] as const
  const feltBy = (fault: Fault) =>
    outcomes.filter((outcome) => feels(canary(fault), { ...before, outcome }, before)).join(' ')
  expect(feltBy(down('b'))).toBe('refused')
  expect(feltBy(timeout('b'))).toBe('closed silent')
  expect(feltBy(reset('b'))).toBe('reset closed')
  expect(feltBy(pause('b'))).toBe('silent')
  expect(feltBy(kill('b'))).toBe('refused reset closed silent')
})

test('steps or the load tell of what no canary can feel', () => {
  const faults = [flapping('b'), restart('b'), surge('a → b / c', { rate: 5 })]
  expect(faults.filter(hasCanary)).toEqual([])
})

test('readings of old records, which measured no bytes, still tell of delays', () => {
  const old = { bytes: 0, closedAfter: null }
  const fault = canary(latency('b', '100ms'))
  expect(feels(fault, { ...read(fault, 120), ...old }, { ...before, ...old })).toBe(true)
})
