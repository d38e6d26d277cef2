import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { decide } from '../../src/gate/decide.ts'
import { renderJunit } from '../../src/report/junit.ts'
import type { Report } from '../../src/report/report.ts'
import type { GatePolicy } from '../../src/system/policy.ts'
import { nastyReport } from './nasty.ts'
import { broken, fullReport, kept, report, scenario, undecided } from './sample-report.ts'

/** That of Jenkins' xunit plugin (MIT), which other CI systems and test runners check themselves against too. */
const schema = readFileSync(new URL('fixtures/junit-10.xsd', import.meta.url), 'utf8')

async function problemsOf(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [{ fileName: 'junit-10.xsd', contents: schema }],
  })
  return errors.map(({ rawMessage }) => rawMessage)
}

const isGreen = (xml: string) => !/<(failure|error)/.test(xml)

test('a run with something of everything', async () => {
  const xml = renderJunit(fullReport())
  await expect(xml).toMatchFileSnapshot(new URL('golden/junit.xml', import.meta.url).pathname)
  expect(await problemsOf(xml)).toEqual([])
})

test('the schema refuses what is no JUnit', async () => {
  expect(await problemsOf(renderJunit(report()).replaceAll('<testcase ', '<case '))).not.toEqual([])
})

test('a good run is green', async () => {
  const xml = renderJunit(report())
  expect(isGreen(xml)).toBe(true)
  expect(await problemsOf(xml)).toEqual([])
})

test('any text is well-formed', async () => {
  await fc.assert(
    fc.asyncProperty(nastyReport, async (made) => {
      expect(await problemsOf(renderJunit(made))).toEqual([])
    }),
    { numRuns: 25 },
  )
})

const gap = { interaction: 'a → b / c', condition: 'x → y: slow' }
const waiver = { owner: 'Ann', reason: 'known', expires: '2027-01-31' }
const well = scenario({ name: 'well' })
const run = report().run
const rows: { what: string; change: Partial<Report>; policy: GatePolicy }[] = [
  { what: 'every promise kept', change: {}, policy: {} },
  { what: 'broken', change: { scenarios: [scenario({ word: 'broken', promises: [kept, broken] })] }, policy: {} },
  {
    what: 'broken and waived',
    change: { scenarios: [well, scenario({ word: 'broken', promises: [kept, broken] })] },
    policy: { waivers: [{ scenario: 'comments-refused', ...waiver }] },
  },
  {
    what: 'one of two broken waived',
    change: { scenarios: [scenario({ word: 'broken', promises: [broken, { ...broken, phase: 'after' }] })] },
    policy: { waivers: [{ scenario: 'comments-refused', promise: `during: ${broken.text}`, ...waiver }] },
  },
  {
    what: 'broken where it is not required',
    change: { scenarios: [well, scenario({ word: 'broken', promises: [broken] })] },
    policy: { required: ['well'] },
  },
  {
    what: 'dead',
    change: { scenarios: [scenario({ word: 'broken', deaths: [{ instance: 'auth', text: 'auth died' }] })] },
    policy: {},
  },
  {
    what: 'undeclared where that is an error',
    change: { scenarios: [scenario({ gaps: [gap] })] },
    policy: { undeclared: 'broken' },
  },
  { what: 'undeclared', change: { scenarios: [scenario({ gaps: [gap] })] }, policy: {} },
  ...(['inconclusive', 'broken', 'warning'] as const).flatMap((meaning) => [
    {
      what: `undecided, which is ${meaning}`,
      change: { scenarios: [scenario({ word: 'inconclusive', promises: [kept, undecided] })] },
      policy: { undecided: meaning },
    },
    {
      what: `doubtful, which is ${meaning}`,
      change: { scenarios: [well, scenario({ word: 'inconclusive', doubts: ['late', 'few'], promises: [undecided] })] },
      policy: { undecided: meaning },
    },
  ]),
  {
    what: 'of which nothing is decided, and which is waived',
    change: { scenarios: [well, scenario({ word: 'inconclusive', doubts: ['late'], promises: [undecided] })] },
    policy: { waivers: [{ scenario: 'comments-refused', ...waiver }] },
  },
  {
    what: 'ended early by a bug, and waived',
    change: {
      scenarios: [
        well,
        scenario({
          word: 'inconclusive',
          endedBy: { code: 'BUG', message: 'a bug', exitCode: 70 },
          doubts: ['it was cut short: a bug'],
        }),
      ],
    },
    policy: { waivers: [{ scenario: 'comments-refused', ...waiver }] },
  },
  { what: 'nothing played', change: { scenarios: [] }, policy: {} },
  { what: 'not played', change: { notPlayed: [{ name: 'x', title: 'x', file: 'x' }] }, policy: {} },
  {
    what: 'not played where it is not required',
    change: { scenarios: [well], notPlayed: [{ name: 'x', title: 'x', file: 'x' }] },
    policy: { required: ['well'] },
  },
  { what: 'no promise kept', change: { scenarios: [scenario({ promises: [] })] }, policy: {} },
  { what: 'not ended', change: { run: { ...run, tookMs: null } }, policy: {} },
  { what: 'a fault left', change: { run: { ...run, faultsLeft: ['down(redis)'] } }, policy: {} },
  {
    what: 'ended early',
    change: { run: { ...run, endedBy: { code: 'X', message: 'it broke', exitCode: 70 } } },
    policy: {},
  },
]

test.for(rows)('it is green when and only when it ships: $what', ({ change, policy }) => {
  const made = report(change)
  made.decision = decide(made, policy)
  const xml = renderJunit(made)
  expect(isGreen(xml), xml).toBe(made.decision.ship)
  expect(xml).toContain('<testcase')
  expect(xml).not.toContain('<skipped')
})

test('counts are those of the cases', () => {
  const xml = renderJunit(fullReport())
  const count = (name: string) => xml.split(`<${name} `).length - 1
  expect(xml).toContain(
    `<testsuites name="photo shop" tests="${count('testcase')}" failures="${count('failure')}" errors="${count('error')}" time="78.000">`,
  )
})
