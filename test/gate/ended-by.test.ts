import { expect, test } from 'vitest'
import { endedByOf } from '../../src/gate/ended-by.ts'

const interrupted = { code: 'INTERRUPTED', message: 'interrupted (Ctrl-C)', exitCode: 130 }
const failures = [
  { what: 'services', why: 'not done in 10000 ms' },
  { what: 'taps', why: 'no' },
]

test('what could not be ended is told beside the cause of the end, or is the cause', () => {
  expect(endedByOf(null, [])).toBeNull()
  expect(endedByOf(interrupted, [])).toBe(interrupted)
  const left = 'services could not be ended: not done in 10000 ms; taps could not be ended: no'
  expect(endedByOf(null, failures)).toMatchObject({ code: 'NOT_ENDED', message: left, exitCode: 3 })
  expect(endedByOf(interrupted, failures)).toEqual({ ...interrupted, message: `interrupted (Ctrl-C); ${left}` })
})
