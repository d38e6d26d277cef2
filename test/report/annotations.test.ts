import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderAnnotations } from '../../src/report/annotations.ts'
import { nastyReport } from './nasty.ts'
import { fullReport, report } from './sample-report.ts'

const placeOf = (file: string, path: readonly string[]) => ({
  file: `shop/${file}`,
  line: path.length === 0 ? undefined : Number(path.at(-1)) + 10,
})

test('a run with something of everything', () => {
  expect(renderAnnotations(fullReport(), placeOf).split('\n')).toEqual([
    expect.stringMatching(
      /^::error file=shop\/scenarios\/albums-stay-fast\.scenario\.ts,line=10,title=albums-stay-fast%3A during%3A share of broken at most 5 %25::97 of 500 responses \(19\.4 %25\) .*%0Anpx brownout gate --only albums-stay-fast/,
    ),
    expect.stringMatching(
      /^::error file=shop\/scenarios\/albums-stay-fast\.scenario\.ts,title=.*exit 1\)::storefront#1 ended/,
    ),
    expect.stringMatching(
      /^::error file=shop\/scenarios\/orders-go-on\.scenario\.ts,line=10,title=.*::too few responses/,
    ),
    expect.stringMatching(/^::error file=shop\/scenarios\/hazy\.scenario\.ts,title=.*::no witness of down\(redis\)/),
    expect.stringMatching(/^::error file=shop\/scenarios\/hazy\.scenario\.ts,line=10,title=.*::too few responses/),
    expect.stringMatching(
      /^::warning file=shop\/scenarios\/known\.scenario\.ts,line=10,.*%0Awaived by Ann until 2027-01-31/,
    ),
    '::error file=shop/scenarios/redis-hangs.scenario.ts::redis-hangs was not played',
    '::warning file=shop/scenarios/boot.scenario.ts::boot was not played',
    '',
  ])
})

test('a good run says nothing', () => {
  expect(renderAnnotations(report(), placeOf)).toBe('')
})

test('an early end and a fault that may remain are errors of no file', () => {
  const endedBy = { code: 'X', message: 'it broke', exitCode: 70 }
  expect(renderAnnotations(report({ run: { ...report().run, endedBy, faultsLeft: ['down(redis)'] } }), placeOf)).toBe(
    '::error::down(redis) may still be in force\n::error::the run ended early: it broke\n',
  )
})

test('any text stays inside its command', () => {
  fc.assert(
    fc.property(nastyReport, (made) => {
      for (const command of renderAnnotations(made, placeOf).split('\n').slice(0, -1)) {
        const parts = /^::(?:error|warning)(?: ((?:[^:,=]*=[^:,]*,?)*))?::([^\r\n]*)$/.exec(command)
        expect(parts, command).not.toBeNull()
        const keys = (parts?.[1] ?? '')
          .split(',')
          .filter(Boolean)
          .map((property) => property.split('=')[0])
        expect(['file', 'line', 'title']).toEqual(expect.arrayContaining(keys))
        expect(command).not.toMatch(/%(?!25|0A|0D|3A|2C)/)
      }
    }),
  )
})
