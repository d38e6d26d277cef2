import { expect, test } from 'vitest'
import { looksLike } from '../../../src/pact/match/date/looks-like.ts'
import { Report } from '../../../src/pact/match/report.ts'

test.each([
  [
    'yyyy-MM-dd',
    ['2026-11-21', '2026-1-2', '0-1-1'],
    ['2026-13-01', '2026-00-10', '2026-01-32', '2026-01', '2026-01-01x', ''],
  ],
  [
    "yyyy-MM-dd'T'HH:mm:ss",
    ['2026-11-21T23:59:60'],
    ['2026-11-21 23:59:00', '2026-11-21T24:00:00', '2026-11-21T10:60:00'],
  ],
  [
    "yyyy-MM-dd'T'HH:mm:ssXXX",
    ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00+13:45'],
    ['2026-11-21T10:00:00', '2026-11-21T10:00:00+0200', '2026-11-21T10:00:00+99:00'],
  ],
  [
    "yyyy-MM-dd'T'HH:mm:ss.SSSX",
    ['2026-11-21T10:00:00.123Z', '2026-11-21T10:00:00.1+02'],
    ['2026-11-21T10:00:00.1234Z', '2026-11-21T10:00:00Z'],
  ],
  ['yyyyMMdd', ['20261121'], ['202611', '2026-11-21']],
  ['dd.MM.yy', ['21.11.26', '1.2.26'], ['21.11.2026']],
  [
    'EEE, d MMM yyyy HH:mm:ss Z',
    ['Sat, 21 Nov 2026 10:00:00 +0000', 'sat, 1 NOV 2026 10:00:00 -1130'],
    ['Sat, 21 Nov 2026 10:00:00 Z', 'Xxx, 21 Nov 2026 10:00:00 +0000'],
  ],
  ['EEEE d MMMM uuuu G', ['Saturday 21 November 2026 AD', 'Friday 1 May 2026 bc'], ['Sat 21 November 2026 AD']],
  ['h:mm a', ['12:30 PM', '1:05 am'], ['0:30 PM', '13:00 PM', '1:05']],
  ['K k', ['11 24', '0 1'], ['12 1', '0 0']],
  ['HH:mm z', ['10:00 UTC', '10:00 CEST', '10:00 PST'], ['10:00 Berlin', '10:00 ABC', '10:00 utc']],
  ['HH:mm VV', ['10:00 Europe/Berlin', '10:00 UTC'], ['10:00 Europe/Nowhere', '10:00 CET/']],
  ['HH:mm O', ['10:00 GMT+2', '10:00 UTC-11:30'], ['10:00 +2', '10:00 GMT']],
  ['HH:mm OOOO', ['10:00 GMT+02:00'], ['10:00 GMT+2']],
  ['HH:mm ZZZZ', ['10:00 GMT+02:00', '10:00 GMT'], ['10:00 +0200']],
  ['HH:mm ZZZZZ', ['10:00 +02:00'], ['10:00 +0200']],
  ['x xx xxx', ['+02 +0200 +02:00', '-0230 -0230 -02:30'], ['Z Z Z', '+02 +02 +02']],
  ['XXXX XXXXX', ['+020030 +02:00:30', 'Z Z'], ['+02 +02']],
  ['D w W F', ['366 53 5 4', '1 1 1 0'], ['367 1 1 0', '0 1 1 0', '1 57 1 0', '1 1 0 0']],
  ['Q q QQQ QQQQ', ['1 4 Q2 3rd quarter', '01 4 q2 3RD QUARTER'], ['5 4 Q2 3rd quarter', '1 4 Q5 3rd quarter']],
  ['e c eee', ['1 7 Mon'], ['0 7 Mon', '1 8 Mon']],
  ['A n N', ['1234 987654321 1'], ['x 1 1']],
  ["'it''s' yyyy ''''", ["it's 2026 '"], ["its 2026 '"]],
])('%s', (format, good, bad) => {
  const check = looksLike({ match: 'datetime', format })
  expect(good.filter((text) => !check(text, null))).toEqual([])
  expect(bad.filter((text) => check(text, null))).toEqual([])
})

test.each([
  ['date', '2026-11-21'],
  ['time', '10:00:00'],
  ['datetime', '2026-11-21T10:00:00+01:00'],
] as const)('a %s has a usual format', (match, text) => {
  for (const format of [null, '']) expect(looksLike({ match, format })(text, null)).toBe(true)
  const report = new Report('here')
  expect(looksLike({ match, format: null })('soon', report)).toBe(false)
  expect(report.found).toMatchObject([{ message: expect.stringContaining(`is no ${match} like`), uncheckable: false }])
})

test.each(['yyyy-bb', 'ddd', 'HHH', "'never ends", 'MMMMMM', 'yyyy{MM}', '2026', 'zzzz', 'qqq', 'VVV', 'P'])(
  '%s is no pattern: it cannot be checked',
  (format) => {
    const report = new Report('here')
    expect(looksLike({ match: 'date', format })('2026', report)).toBe(false)
    expect(report.found).toMatchObject([{ uncheckable: true }])
  },
)
