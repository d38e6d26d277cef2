import { expect, test } from 'vitest'
import type { RunRecord, ScenarioRecord } from '../../src/record/record.ts'
import { makeReport } from '../../src/report/report.ts'
import { renderJunit } from '../../src/report/junit.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { broken, coverage, evidence, kept, scenario } from './sample-report.ts'

const endedBy = { code: 'BUG', message: 'a bug', exitCode: 70 }
const fault = { text: 'kill(one of auth)', edges: ['storefront → auth#1'] }
const played = {
  name: 'auth-dies',
  startedAt: 20_000,
  endedAt: 29_000,
  endedBy: null,
  faults: [fault, { text: 'down(auth → redis)', edges: ['auth → redis'] }],
} as unknown as ScenarioRecord

const record = {
  id: 'run-1',
  brownout: '0.1.0',
  startedAt: 10_000,
  endedAt: 88_000,
  seed: 7,
  variants: ['auth.slow', 'auth.deaf'],
  config: 'shop/brownout.config.ts',
  system: { name: 'photo shop' },
  engines: { name: 'embedded', parts: [] },
  whole: true,
  planned: ['auth-dies', 'redis-hangs'].map((name) => ({ name, title: name, file: name })),
  scenarios: [played, { ...played, name: 'unhealthy', startedAt: null, endedAt: null, faults: [], endedBy }],
  endedBy: null,
  faultsLeft: [],
} as unknown as RunRecord

const {
  startedAt: _,
  tookMs: __,
  endedBy: ___,
  replay: ____,
  logs: _____,
  ...verdict
} = scenario({ name: 'auth-dies', promises: [kept, broken] })

const made = makeReport(
  record,
  { word: 'broken', scenarios: [verdict, { ...verdict, name: 'unhealthy', promises: [] }], coverage },
  (requestId) => [{ instance: 'auth#1', text: `about ${requestId}` }],
)
const [first, second] = made.scenarios

test('times are those of the record, and absent where the load never began', () => {
  expect(made.run.tookMs).toBe(78_000)
  expect([first?.startedAt, first?.tookMs]).toEqual([20_000, 9_000])
  expect([second?.startedAt, second?.tookMs]).toEqual([null, null])
})

test('what ended a scenario early is told, and whether the run was to play every one', () => {
  expect(made.scenarios.map((each) => each.endedBy)).toEqual([null, endedBy])
  expect(made.run.whole).toBe(true)
})

test('a run that was killed took nobody knows how long', () => {
  const killed = makeReport({ ...record, endedAt: null }, { word: 'broken', scenarios: [verdict], coverage }, () => [])
  expect(killed.run.tookMs).toBeNull()
  for (const text of [renderTerminal(killed), renderMarkdown(killed)]) expect(text).toContain(' · not ended')
  expect(renderJunit(killed)).toMatch(/<testsuites [^>]* errors="\d+">/)
})

test('a fault names the edges that its words do not', () => {
  expect(first?.faults).toEqual(['kill(one of auth) on storefront → auth#1', 'down(auth → redis)'])
})

test('the replay is one command with all that decides', () => {
  expect(first?.replay).toBe(
    'npx brownout gate --config shop/brownout.config.ts --only auth-dies --seed 7 --variant auth.slow --variant auth.deaf',
  )
})

test('the replay is by the same engines', () => {
  const engines = { name: 'load=k6,proxies=embedded', parts: [] }
  const mixed = makeReport({ ...record, engines }, { word: 'broken', scenarios: [verdict], coverage }, () => [])
  expect(mixed.scenarios[0]?.replay).toMatch(/ --engines '?load=k6,proxies=embedded'?$/)
})

test('the replay survives a shell', () => {
  const odd = makeReport(
    { ...record, config: "it's mine/x.ts" },
    { word: 'broken', scenarios: [verdict], coverage },
    () => [],
  )
  expect(odd.scenarios[0]?.replay).toContain(String.raw`--config 'it'\''s mine/x.ts' --only auth-dies`)
})

test('logs are looked up for the evidence that is shown', () => {
  expect(first?.logs).toEqual({ [evidence.requestId]: [{ instance: 'auth#1', text: `about ${evidence.requestId}` }] })
  expect(second?.logs).toEqual({})
})

test('what was planned and not begun was not played; coverage has a point of its own; nobody has decided', () => {
  expect(made.notPlayed.map(({ name }) => name)).toEqual(['redis-hangs'])
  expect(made.coverageOverTime).toEqual([{ run: 'run-1', at: 10_000, proven: 2, declared: 6, undeclared: 7 }])
  expect([made.comparison, made.decision]).toEqual([null, null])
})
