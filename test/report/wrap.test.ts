import { expect, test } from 'vitest'
import { wrap } from '../../src/report/wrap.ts'

const url = 'http://127.0.0.1:4100/a/long/path'

test.for([
  { what: 'what fits is left alone', text: 'one two', lines: ['one two'] },
  { what: 'it breaks between words', text: 'one two three', lines: ['one two', 'three'] },
  { what: 'and inside one that is too long', text: 'a 0123456789abcdef', lines: ['a', '0123456789', 'abcdef'] },
  { what: 'wide characters count twice', text: '漢字漢字漢字', lines: ['漢字漢字漢', '字'] },
  { what: 'lines stay lines', text: 'one\ntwo', lines: ['one', 'two'] },
  { what: 'an indent is kept', text: '  one two three', lines: ['  one two', '  three'] },
  { what: 'nothing is a line', text: '', lines: [''] },
  { what: 'a URL is there to be copied', text: `see ${url} now`, lines: ['see', url, 'now'] },
])('$what', ({ text, lines }) => {
  expect(wrap(text, 10)).toEqual(lines)
})

test('a URL is broken where there is no room for it', () => {
  expect(wrap(url, 20, { wholeUrls: false })).toEqual(['http://127.0.0.1:410', '0/a/long/path'])
})
