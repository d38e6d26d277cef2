import { expect, test } from 'vitest'
import { Place } from '../../src/contract/place.ts'
import type { Problem } from '../../src/core/errors.ts'
import {
  bandwidth,
  down,
  flapping,
  kill,
  latency,
  limitData,
  one,
  pause,
  reset,
  restart,
  slicer,
  slowClose,
  surge,
  timeout,
} from '../../src/fault/vocabulary.ts'
import { checkFault } from '../../src/scenario/validate-fault.ts'

/** `path: message (hint)` of each problem. */
function problemsOf(fault: unknown): string[] {
  const problems: Problem[] = []
  expect(checkFault(new Place('f', problems), fault)).toBe(problems.length === 0)
  return problems.map(({ path, message, hint }) => `${path.map((step) => `${step}: `).join('')}${message} (${hint})`)
}

const timing = { from: '0ms', for: '2s' } as const

test.for([
  down('redis', timing),
  down('redis', { as: 'slow' }),
  flapping('redis'),
  flapping('a → b', { ...timing, down: '100ms', up: '1m' }),
  timeout('redis', { ...timing, stream: 'upstream', after: '1s' }),
  reset('redis', { ...timing, after: '10ms' }),
  latency('redis', '1.5s', { ...timing, jitter: '1s' }),
  bandwidth('redis', 1, timing),
  slicer('redis', { ...timing, size: 1, delay: '0.1ms' }),
  limitData('redis', 0, timing),
  slowClose('redis', '1h', timing),
  kill('auth', timing),
  kill(one('auth')),
  pause('auth', timing),
  restart(one('auth'), timing),
  surge('a → b / c', { ...timing, rate: 0.5 }),
])('$kind is sound', (fault) => {
  expect(problemsOf(fault)).toEqual([])
})

test.for<[string, unknown]>([
  [`"5" is no duration (write it as '500ms' or '5s')`, down('redis', { from: 5 as never })],
  [`"soon" is no duration (write it as '500ms' or '5s')`, surge('a', { rate: 1, from: 'soon' as never })],
  [`"null" is no duration (write it as '500ms' or '5s')`, { ...kill('auth'), for: null }],
  ['"0s" is too short (1ms or more)', restart('auth', { for: '0s' })],
  ['"0ms" is too short (1ms or more)', flapping('redis', { down: '0ms' })],
  ['"0.5ms" is too short (1ms or more)', flapping('redis', { up: '0.5ms' })],
  [`"-1s" is no duration (write it as '500ms' or '5s')`, slowClose('redis', '-1s')],
  [`"undefined" is no duration (write it as '500ms' or '5s')`, slicer('redis', { size: 9 } as never)],
  ['0 is no bandwidth (a whole number of kB a second, 1 or more)', bandwidth('redis', 0)],
  ['-1 is no bandwidth (a whole number of kB a second, 1 or more)', bandwidth('redis', -1)],
  ['0.5 is no bandwidth (a whole number of kB a second, 1 or more)', bandwidth('redis', 0.5)],
  ["'10' is no bandwidth (a whole number of kB a second, 1 or more)", bandwidth('redis', '10' as never)],
  ['Infinity is no bandwidth (a whole number of kB a second, 1 or more)', bandwidth('redis', Infinity)],
  ['0 is no size (a whole number of bytes, 1 or more)', slicer('redis', { size: 0, delay: '1ms' })],
  ['-1 is no limit (a whole number of bytes)', limitData('redis', -1)],
  ['NaN is no limit (a whole number of bytes)', limitData('redis', Number.NaN)],
  ['0 is no rate (arrivals per second, more than 0)', surge('a → b / c', { rate: 0 })],
  ['100001 is no rate (arrivals per second, more than 0)', surge('a → b / c', { rate: 100_001 })],
  ["7 is no interaction (surge('browser → shop / order', { rate: 50 }))", surge(7 as never, { rate: 1 })],
  ['unknown stream "both" (known: upstream, downstream)', timeout('redis', { stream: 'both' as never })],
  [
    'unknown condition "gone" (known: unavailable, slow, failing, overloaded, wrong)',
    pause('auth', { as: 'gone' as never }),
  ],
  ["7 is no instance (kill('auth') or kill(one('storefront')))", pause(7 as never)],
  ['unknown kind of fault "slowclose" (did you mean "slowClose"?)', { ...slowClose('redis', '1s'), kind: 'slowclose' }],
  [
    'until: the fault "down" has no "until" (Possible here: kind, on, condition, from, for.)',
    { ...down('redis'), until: '5s' },
  ],
  ['form: the fault "down" has no "form" (Did you mean "from"?)', { ...down('redis'), form: '5s' }],
  [
    'jitter: the fault "reset" has no "jitter" (Possible here: kind, on, condition, after, from, for.)',
    { ...reset('redis'), jitter: '5s' },
  ],
  [
    'condition: the fault "surge" has no "condition" (Possible here: kind, of, rate, from, for.)',
    { ...surge('a', { rate: 1 }), condition: 'slow' },
  ],
])('%s', ([problem, fault]) => {
  expect(problemsOf(fault)).toEqual([problem])
})

test('all that is wrong with a fault is told at once', () => {
  expect(problemsOf(slicer(7 as never, { size: 0, delay: 'x' as never, as: 'gone' as never }))).toHaveLength(4)
})
