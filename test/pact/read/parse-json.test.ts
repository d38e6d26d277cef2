import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { json } from '../write/arbitrary-pact.ts'
import { parseJson } from '../../../src/pact/read/parse-json.ts'

test.each([
  ['', 'a value should stand here, not the end of the file', 1, 1],
  ['{"a": 1,\n "b" 2}', '":" should stand here, not "2"', 2, 6],
  ['{"a": [1, 2}', '"," or "]" should stand here, not "}"', 1, 12],
  ['{"a": 1,}', 'a key in double quotes should stand here, not "}"', 1, 9],
  ['[1,]', 'a value should stand here, not "]"', 1, 4],
  ['{"a": "b\n"}', 'the text that begins here has a line break or a wrong escape in it', 1, 7],
  ['{"a": "b\\"}', 'a text begins here and never ends', 1, 7],
  ['{} {}', 'the end should stand here, not "{"', 1, 4],
  ['[01]', '"," or "]" should stand here, not "1"', 1, 3],
  ['[NaN]', 'a value should stand here, not "N"', 1, 2],
  ['[1e999]', 'no number is as large as 1e999', 1, 2],
  ['[\u{1f600}]', 'a value should stand here, not "\u{1f600}"', 1, 2],
])('%j is broken, and where', (text, message, line, column) => {
  expect(parseJson(text)).toEqual({ fault: { message, line, column } })
})

test('a key that stands twice is remarked, with its place; the last one counts, as everywhere', () => {
  expect(parseJson('{"a": [\n{"b": 1,\n"b": 2}], "a": 3}')).toEqual({
    value: { a: 3 },
    remarks: [
      { path: ['a', '0', 'b'], line: 3, message: 'the key "b" stands here twice: only the last one is read' },
      { path: ['a'], line: 3, message: 'the key "a" stands here twice: only the last one is read' },
    ],
  })
})

test('a number with more digits than can be held is remarked, one that is held is not', () => {
  const reading = parseJson('[12345678901234567890, 9007199254740992, 1152921504606847000, 0.1, -0]')
  expect(reading).toEqual({
    value: [12345678901234567000, 9007199254740992, 1152921504606847000, 0.1, 0],
    remarks: [
      {
        path: ['0'],
        line: 1,
        message: '12345678901234567890 is read as 12345678901234567000: a number here has no more digits',
      },
    ],
  })
})

test('what is nested too deeply is said to be, without the stack', () => {
  const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`
  expect(parseJson(nested(500))).toHaveProperty('value')
  for (const depth of [502, 10_000, 2_000_000])
    expect(parseJson(nested(depth))).toMatchObject({ fault: { message: 'it is nested deeper than 500 levels' } })
})

test('property: it reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      expect(parseJson(JSON.stringify(value, null, indent))).toEqual({ value, remarks: [] })
    }),
  )
})

test('property: it refuses what JSON.parse refuses, and nothing else', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'null',
    '\\',
    ' ',
  )
  const any = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.string(),
  )
  const accepts = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(any, (text) => {
      expect('value' in parseJson(text)).toBe(accepts(text))
    }),
    { numRuns: 2_000 },
  )
})
