import { expect, test } from 'vitest'
import { type Duration, formatMs, ms, tryMs } from '../../src/core/duration.ts'

test.each([
  ['500ms', 500],
  ['0ms', 0],
  ['1.5s', 1_500],
  [' 5s ', 5_000],
  ['2m', 120_000],
  ['1h', 3_600_000],
])('%j is %i ms', (text, expected) => {
  expect(tryMs(text)).toBe(expected)
  expect(ms(text as Duration)).toBe(expected)
})

test.each(['', '5', 's', '-5s', '5 s', '1e3ms', '5sec', 'NaNs', '.5s', 5, null, undefined])(
  '%j is no duration',
  (value) => {
    expect(tryMs(value)).toBeUndefined()
    expect(() => ms(value as Duration)).toThrow(RangeError)
  },
)

test.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [999.4, '999 ms'],
  [999.6, '1 s'],
  [1_000, '1 s'],
  [5_230, '5.2 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min'],
  [64_000, '1 min 4 s'],
  [119_700, '2 min'],
])('%d ms reads %j', (value, text) => {
  expect(formatMs(value)).toBe(text)
})
