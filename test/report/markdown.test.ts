import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { codeBlock, inline } from '../../src/report/markdown-text.ts'
import { about } from '../../src/report/matters.ts'
import type { Report } from '../../src/report/report.ts'
import { nastyReport } from './nasty.ts'
import { broken, coverage, fullReport, kept, report, scenario } from './sample-report.ts'

const mostBytes = 60_000

/** Ours, and what begins a line of ours; all other text is inside a fence or has its markup taken away. */
const line =
  /^(|## .*|\*\*.*\*\*.*|- .*|\| .* \||<details><summary>.*<\/summary>|<\/details>|<sub>.*<\/sub>|[^\s<|#>*+`~=-].*)$/
const ourTags = /<\/?(details|summary|b|sub|br)>/g

/** What a reader of Markdown would take for markup though it is somebody's text. */
function strayMarkup(markdown: string): string[] {
  const stray: string[] = []
  let fence: string | null = null
  let folds = 0
  for (const text of markdown.split('\n')) {
    if (fence !== null) {
      if (text === fence) fence = null
      continue
    }
    const opens = /^(`{3,})(text|sh)$/.exec(text)
    if (opens) {
      fence = opens[1] ?? ''
      continue
    }
    const isHtml = text.startsWith('<details>')
    folds += isHtml ? 1 : text === '</details>' ? -1 : 0
    const withoutTags = text.replace(ourTags, ' ')
    const bare = isHtml ? withoutTags : withoutTags.replace(/\\./g, '·')
    if (!line.test(text) || /<|@\w/.test(bare) || (!isHtml && /[`$]|www\./i.test(bare))) stray.push(text)
    if (text.startsWith('|') && ![7, 8].includes(bare.split('|').length - 1)) stray.push(text)
  }
  return fence === null && folds === 0 ? stray : [...stray, 'a fence or a fold that never ends']
}

test('a good run', async () => {
  await expect(renderMarkdown(report())).toMatchFileSnapshot(new URL('golden/good.md', import.meta.url).pathname)
})

test('a run with something of everything', async () => {
  const markdown = renderMarkdown(fullReport())
  await expect(markdown).toMatchFileSnapshot(new URL('golden/full.md', import.meta.url).pathname)
  expect(strayMarkup(markdown)).toEqual([])
})

test('no text is taken for markup', () => {
  fc.assert(
    fc.property(nastyReport, (made) => {
      const markdown = renderMarkdown(made)
      expect(strayMarkup(markdown)).toEqual([])
      expect(markdown.isWellFormed()).toBe(true)
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(mostBytes)
    }),
  )
})

test.for(['newlyBroken', 'newlyKept', 'newlyUndecided', 'added', 'removed'] as const)(
  'something changed where there is a promise %s',
  (list) => {
    const same = { against: 'x', newlyBroken: [], newlyKept: [], newlyUndecided: [], added: [], removed: [] }
    expect(renderMarkdown(report({ comparison: same }))).toContain('nothing changed')
    const markdown = renderMarkdown(report({ comparison: { ...same, [list]: ['a: during: b'] } }))
    expect(markdown).not.toContain('nothing changed')
    expect(markdown).toContain(': a: during: b')
  },
)

test.for<[text: string, written: string]>([
  ['a | b', 'a \\| b'],
  ['<b>', '&lt;b&gt;'],
  ['`x`', '\\`x\\`'],
  ['*a* _b_', '\\*a\\* \\_b\\_'],
  ['[x](y)', '\\[x\\](y)'],
  ['a\n\n# b', 'a # b'],
  ['# b', '\\# b'],
  ['- b', '\\- b'],
  ['1. b', '1\\. b'],
  ['http://b', 'http\\://b'],
  ['storefront#1', 'storefront#\u20601'],
  ['\\', '\\\\'],
  ['@ann', '@\u2060ann'],
  ['&lt;', '&amp;lt;'],
  ['$x$', '\\$x\\$'],
  ['www.example.org', 'www\\.example.org'],
])('%j is written as %j', ([text, written]) => {
  expect(inline(text)).toBe(written)
})

test('a fence is longer than any in its text', () => {
  expect(codeBlock('a\n````\nb')).toBe('`````text\na\n````\nb\n`````')
})

describe('what is too much for a comment is cut and counted', () => {
  const many = 3_000
  const list = (what: string) => Array.from({ length: many }, (_, index) => `${what} ${index}`)
  const bad = (name: string) =>
    scenario({ name, word: 'broken', promises: [kept, broken, { ...broken, phase: 'after' }] })
  const unknown = (text: string) => ({ ...about('unknown'), text })
  const { decision } = fullReport()
  const huge: Report = {
    ...fullReport(),
    scenarios: list('bad').map(bad),
    notPlayed: list('later').map((name) => ({ name, title: name, file: name })),
    comparison: {
      against: 'x',
      newlyBroken: list('b'),
      newlyKept: list('k'),
      newlyUndecided: list('u'),
      added: list('a'),
      removed: list('r'),
    },
    coverage: {
      ...coverage,
      cells: list('a → b / c').flatMap((interaction) => coverage.cells.map((cell) => ({ ...cell, interaction }))),
    },
    decision: decision && {
      ...decision,
      reasons: list('reason').map(unknown),
      warnings: list('漢字').map(unknown),
      waived: list('x').map((text) => ({
        ...unknown(text),
        owner: 'Ann',
        reason: 'y'.repeat(1_000),
        expires: '2027-01-31',
      })),
    },
  }
  const markdown = renderMarkdown(huge)

  test('it fits', () => {
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(mostBytes)
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(mostBytes * 0.9)
    expect(strayMarkup(markdown)).toEqual([])
  })

  test('each part says how much more there is', () => {
    const cuts = [...markdown.matchAll(/(\d+) more/g)].map(([, more]) => Number(more))
    expect(cuts).toHaveLength(7)
    expect(cuts.every((more) => more > 0 && more < 5 * many)).toBe(true)
    const folds = markdown.match(/<details><summary><b>/g)?.length ?? 0
    expect(markdown).toContain(`the findings of ${many - folds} more scenarios`)
  })

  test('the decision and the first findings are there', () => {
    expect(markdown).toContain("## ✘ Don't ship photo shop: reason 0")
    expect(markdown).toContain('<b>bad 0</b>')
  })
})
