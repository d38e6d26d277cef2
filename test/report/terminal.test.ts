import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hang, pageOf } from '../../src/report/page.ts'
import { colored } from '../../src/report/paint.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { widthOf } from '../../src/report/width.ts'
import { nastyReport } from './nasty.ts'
import { coverage, fullReport, report, scenario, undecided } from './sample-report.ts'

const golden = (name: string) => new URL(`golden/${name}`, import.meta.url).pathname

test('a good run is a table and a word', async () => {
  await expect(renderTerminal(report())).toMatchFileSnapshot(golden('good.txt'))
})

test('a run with something of everything', async () => {
  await expect(renderTerminal(fullReport())).toMatchFileSnapshot(golden('full.txt'))
})

test('quiet: what is not well, every waiver, and the decision', async () => {
  await expect(renderTerminal(fullReport(), pageOf(80), { quiet: true })).toMatchFileSnapshot(golden('quiet.txt'))
})

test('quiet, and a good run: one line', () => {
  expect(renderTerminal(report(), pageOf(80), { quiet: true })).toBe(
    'SHIP · exit 0 · 903 responses · took 1 min 18 s · photo shop, 1 scenario\n',
  )
})

test.for(['newlyBroken', 'newlyKept', 'newlyUndecided', 'added', 'removed'] as const)(
  'something changed where there is a promise %s',
  (list) => {
    const same = { against: 'x', newlyBroken: [], newlyKept: [], newlyUndecided: [], added: [], removed: [] }
    expect(renderTerminal(report({ comparison: same }))).toContain('Against x: nothing changed\n')
    const text = renderTerminal(report({ comparison: { ...same, [list]: ['a: during: b'] } }))
    expect(text).toMatch(/Against x:\n {2}\w+ +a: during: b\n/)
  },
)

test('a doubt is said once for all promises of a scenario', () => {
  const doubted = scenario({
    word: 'inconclusive',
    doubts: ['the load was late'],
    promises: [{ ...undecided, reason: 'undecided because of a long story' }],
  })
  const text = renderTerminal(report({ scenarios: [doubted] }))
  expect(text).toContain('doubt      the load was late')
  expect(text).not.toContain('a long story')
})

test('an early end comes with its hint, a bug of ours with its stack', () => {
  const endedBy = {
    code: 'X',
    message: 'it broke',
    exitCode: 70,
    hint: 'npm ci',
    stack: 'Error: it broke\n    at x.ts',
  }
  const text = renderTerminal(report({ run: { ...report().run, endedBy } }))
  expect(text).toContain('  hint: npm ci\nThis is a bug in Brownout, please report it:\nError: it broke\n    at x.ts\n')
})

test('more edges than a line has room for come in several tables', () => {
  const [cell] = coverage.cells
  const edges = Array.from({ length: 40 }, (_, index) => `service-${index} → redis`)
  const cells = edges.flatMap((edge) => (cell ? [{ ...cell, edge }] : []))
  const lines = renderTerminal(report({ coverage: { ...coverage, cells } })).split('\n')
  const heads = lines.filter((line) => line.startsWith('interaction '))
  expect(heads.flatMap((line) => line.trim().split(/ +/).slice(1))).toEqual(edges.map((_, index) => String(index + 1)))
  expect(heads).toHaveLength(4)
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80)
})

test('a sign that makes an emoji wide makes no blank before it wide', () => {
  const text = `\ufe0f${'a'.repeat(78)}`
  expect(widthOf('☀\ufe0f')).toBe(2)
  for (const line of hang(pageOf(80), '  ', text).split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80)
})

test('colours take no width', () => {
  const painted = renderTerminal(fullReport(), pageOf(80, colored))
  expect(painted).not.toBe(renderTerminal(fullReport()))
  expect(stripVTControlCharacters(painted)).toBe(renderTerminal(fullReport()))
})

test('no text makes a line longer than the terminal, or moves its cursor; only what is copied stays whole', () => {
  fc.assert(
    fc.property(nastyReport, fc.constantFrom(80, 97, 120), fc.boolean(), (made, columns, quiet) => {
      for (const line of renderTerminal(made, pageOf(columns), { quiet }).split('\n')) {
        expect(line).not.toMatch(/[^\P{Cc}]|\p{Bidi_Control}/u)
        const toCopy = /^ {2}replay {5}.*|(?<=^|\s)https?:\/\/\S+/g
        expect(widthOf(line.replace(toCopy, '')), line).toBeLessThanOrEqual(columns)
      }
    }),
  )
})
