import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noCommands } from '../../src/report/no-commands.ts'
import { pageOf } from '../../src/report/page.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { nastyReport } from './nasty.ts'

test.for([
  ['::error::x', '\\::error::x'],
  ['a\n  ::add-mask::b', 'a\n  \\::add-mask::b'],
  ['a\r::error::b', 'a\r\\::error::b'],
  ['log ##[error]x', 'log ##\\[error]x'],
  ['a ::b and http://[::1]/', 'a ::b and http://[::1]/'],
] as const)('%j is written as %j', ([text, written]) => {
  expect(noCommands(text)).toBe(written)
})

test('no line of a report is a command, however it is wrapped', () => {
  fc.assert(
    fc.property(nastyReport, fc.integer({ min: 80, max: 120 }), (made, columns) => {
      for (const line of noCommands(renderTerminal(made, pageOf(columns))).split('\n'))
        expect(line).not.toMatch(/^\s*::|##\[/)
    }),
  )
})
