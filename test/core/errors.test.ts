import { expect, test } from 'vitest'
import { BrownoutError, type ExitCode, exitCodes, messageOf, worstExitCode } from '../../src/core/errors.ts'

const worst: [codes: ExitCode[], worst: ExitCode][] = [
  [[], 0],
  [[0, 0], 0],
  [[0, 3], 3],
  [[3, 1], 1],
  [[1, 6], 6],
  [[6, 2], 2],
  [[2, 4], 4],
  [[4, 143], 143],
  [[143, 130], 130],
  [[130, 70], 70],
  [[70, 5], 5],
  [[0, 1, 2, 3, 4, 5, 6, 70, 130, 143], 5],
]
test.each(worst)('of the exit codes %j the worst is %i', (codes, expected) => {
  expect(worstExitCode(codes)).toBe(expected)
  expect(worstExitCode(codes.toReversed())).toBe(expected)
})

test.each([9, -1, 0.5, Number.NaN])('a code that nobody knows (%d) is never 0', (unknown) => {
  expect(worstExitCode([0, unknown, 1])).toBe(70)
  expect(worstExitCode([5, unknown])).toBe(5)
})

test('every exit code has its rank', () => {
  for (const code of Object.values(exitCodes)) expect(worstExitCode([code])).toBe(code)
})

test('an error carries its code, its hint and its cause, and is a bug unless it says otherwise', () => {
  const cause = new Error('deeper')
  const error = new BrownoutError('PORT_IN_USE', 'Failed to start "auth": port 1 is in use.', { hint: 'kill 7', cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'BrownoutError',
    code: 'PORT_IN_USE',
    exitCode: 70,
    hint: 'kill 7',
    problems: [],
  })
  expect(error.cause).toBe(cause)
  expect('cause' in new BrownoutError('X', 'y')).toBe(false)
})

test('anything that is thrown has a text', () => {
  expect(messageOf(new TypeError('no'))).toBe('no')
  expect(messageOf('plain')).toBe('plain')
  expect(messageOf(undefined)).toBe('undefined')
})
