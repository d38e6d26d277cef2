import { expect, test } from 'vitest'
import { plain } from '../../src/report/paint.ts'
import { table } from '../../src/report/table.ts'

const rows = [
  ['comments-refused', 'down(storefront → comments), reset(redis)', { text: 'kept', color: 'green' as const }],
]
const head = ['scenario', 'fault', 'verdict']

test('columns are as wide as their widest cell', () => {
  expect(table(head, rows, { width: 80, paint: plain }))
    .toBe(`scenario          fault                                      verdict
────────────────────────────────────────────────────────────────────
comments-refused  down(storefront → comments), reset(redis)  kept`)
})

test('the widest is folded, between words while that is enough', () => {
  expect(table(head, rows, { width: 45, paint: plain })).toBe(`scenario          fault               verdict
─────────────────────────────────────────────
comments-refused  down(storefront →   kept
                  comments),
                  reset(redis)`)
})

test('words are broken when nothing else helps', () => {
  const text = table(head, rows, { width: 30, paint: plain })
  expect(text.split('\n').every((line) => line.length <= 30)).toBe(true)
  expect(text).toMatch(/^comments- .*\nrefused {3}/m)
})

test('each line of a folded cell has its colour, and only the text', () => {
  const text = table(['a', 'b'], [[{ text: 'one two', color: 'red' }, 'x']], {
    width: 7,
    paint: (_, part) => `<${part}>`,
  })
  expect(text.split('\n').slice(2)).toEqual(['<one>   x', '<two>'])
})
