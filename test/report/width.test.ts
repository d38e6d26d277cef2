import { expect, test } from 'vitest'
import { widthOf } from '../../src/report/width.ts'

test.for([
  ['', 0],
  ['plain', 5],
  ['\u001b[31mred\u001b[39m', 3],
  ['a → b · ✔ ─ ▁', 13],
  ['漢字', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧‍👦', 2],
  ['🇨🇭', 2],
  ['a\u200bb', 2],
] as const)('%j takes %i columns', ([text, columns]) => {
  expect(widthOf(text)).toBe(columns)
})
