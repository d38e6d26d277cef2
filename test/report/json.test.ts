import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderJson } from '../../src/report/json.ts'
import { nastyReport } from './nasty.ts'
import { report } from './sample-report.ts'

test('any text comes back as it was, and moves no cursor, turns no text and begins no command on the way', () => {
  fc.assert(
    fc.property(nastyReport, (made) => {
      const json = renderJson(made)
      expect(JSON.parse(json)).toEqual(made)
      expect(json).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|##\[/u)
    }),
  )
})

test.for([
  ['\u009b2J', String.raw`\u009b2J`],
  ['\u007f', String.raw`\u007f`],
  ['\u202eturned', String.raw`\u202eturned`],
  ['##[error]', String.raw`#\u0023[error]`],
  ['a → b', 'a → b'],
] as const)('%j is written as %s', ([word, written]) => {
  const made = report()
  const json = renderJson({ ...made, run: { ...made.run, system: word } })
  expect(json).toContain(`"system": "${written}"`)
})
