import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LastWords } from '../../src/load/driver/k6/last-words.ts'
import { Lines } from '../../src/load/driver/k6/lines.ts'

function linesOf(bytes: Buffer, cuts: readonly number[], limitBytes?: number): string[] {
  const heard: string[] = []
  const lines = new Lines((line) => heard.push(line), limitBytes)
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  let from = 0
  for (const end of ends) {
    lines.push(bytes.subarray(from, end))
    from = end
  }
  return heard
}

test('however it is cut into chunks, every whole line is heard once and in order, and an unfinished one never', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\n', ' ')),
    fc.constant(''),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), line, fc.array(fc.nat(), { maxLength: 20 }), (whole, rest, cuts) => {
      const bytes = Buffer.from(whole.map((text) => `${text}\n`).join('') + rest)
      expect(linesOf(bytes, cuts)).toEqual(whole)
    }),
  )
})

test('a line beyond the limit is left out, and the ones around it are heard', () => {
  const bytes = Buffer.from(`a\n${'x'.repeat(50)}\nb\n`)
  expect(linesOf(bytes, [5, 20, 40], 20)).toEqual(['a', 'b'])
})

test('last words are the last lines, cut short, and of a crash only what is before the stacks', () => {
  const words = new LastWords()
  expect(words.text).toBe('it said nothing')
  for (let line = 1; line <= 40; line += 1) words.push(`line ${line}`)
  words.push('')
  words.push('y'.repeat(1_000))
  expect(words.text).toMatch(/^line 30 \| .*line 40 \| y{300}…$/)
  words.push('panic: runtime error: index out of range')
  words.push('goroutine 1 [running]:')
  expect(words.text).toMatch(/panic: runtime error: index out of range$/)
})
