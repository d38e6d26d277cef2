import fc from 'fast-check'
import type { Report } from '../../src/report/report.ts'
import { fullReport } from './sample-report.ts'

/** What breaks a terminal, XML, Markdown or a workflow command, beside any other text. */
const morsel = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ maxLength: 3_000 }),
  fc.constantFrom(
    ']]>',
    '<script>alert(1)</script>',
    '</details>',
    '<!--',
    '&amp;&#0;',
    '`````',
    '| a | b |',
    '\n\n# head\n',
    '\n```\n',
    '@team #1',
    '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
    '\u0000\u0008\u000b\u007f\ufffe\uffff',
    '\ud800 alone \udc00',
    '\u202eturned\u2066',
    '漢字'.repeat(60),
    '👩‍👩‍👧‍👦'.repeat(50),
    'é̂'.repeat(100),
    `http://127.0.0.1/${'x'.repeat(200)}`,
    `/${'path/'.repeat(60)}`,
    '::error::%0A\r\n',
    '##[error]',
    '$x$ www.example.org',
    'x'.repeat(5_000),
  ),
)
const text = fc.array(morsel, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))

/** Places whose text is ours, or whose value is one of a few. */
const ours = new Set([
  'format',
  'word',
  'status',
  'unit',
  'phase',
  'kind',
  'class',
  'bound',
  'condition',
  'stance',
  'within',
])

/** The full report with nasty text in some of the places that hold text. */
export const nastyReport: fc.Arbitrary<Report> = fc
  .tuple(fc.array(text, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 7 }))
  .map(([texts, every]) => {
    let place = 0
    return JSON.parse(JSON.stringify(fullReport()), (key, value: unknown) => {
      if (typeof value !== 'string' || ours.has(key)) return value
      place++
      return place % every === 0 ? texts[(place / every) % texts.length] : value
    }) as Report
  })
