import { expect, test } from 'vitest'
import type { LoadSummary, ThresholdReading } from '../../../src/load/workload.ts'
import { judgeScenario } from '../../../src/verdict/judge.ts'
import { threshold } from '../../../src/scenario/promise.ts'
import { bytesOf, edge, loadOf, mayBeReduced, responses, scenarioOf, tapsOf, times } from '../scenes.ts'
import { SampleTable } from '../../../src/load/sample.ts'

const metric = 'http_req_duration'
const expression = 'p(95)<300'
const reading: ThresholdReading = { metric, expression, ok: true, samples: 900, observed: 120.4567, type: 'trend' }

/** The verdict on a script that has this threshold, and tags nothing unless there are interactions. */
function judge(load: Partial<LoadSummary>, overrides: Parameters<typeof scenarioOf>[0] = {}) {
  const scenario = scenarioOf({
    rate: null,
    script: { file: 'k6/read.js' },
    interactions: [],
    promises: {
      before: [],
      during: [],
      after: [threshold({ metric: load.thresholds?.[0]?.metric ?? metric, expression })],
    },
    load: loadOf(0, { requests: 900, tool: { exit: 'exit code 0', virtualUsers: 5 }, ...load }),
    ...overrides,
  })
  return judgeScenario(scenario, mayBeReduced, new SampleTable(bytesOf()), [])
}
const judged = (change: Partial<ThresholdReading>) =>
  judge({ thresholds: [{ ...reading, ...change }] }).promises.map(({ text, status, reason }) => [text, status, reason])

test('k6 says whether it was kept, and the reason has what it saw', () => {
  expect(judged({})).toEqual([
    ['k6 threshold http_req_duration p(95)<300', 'kept', 'k6 found it kept over 900 samples: it was 120.457'],
  ])
  expect(judged({ ok: false, observed: 412 })[0]?.slice(1)).toEqual([
    'broken',
    'k6 found it crossed over 900 samples: it was 412',
  ])
  expect(judged({ observed: null })[0]?.[2]).toBe('k6 found it kept over 900 samples')
})

test.for([
  { type: 'trend', ok: true, status: 'undecided' },
  { type: 'trend', ok: false, status: 'undecided' },
  { type: 'rate', ok: true, status: 'undecided' },
  { type: 'gauge', ok: true, status: 'undecided' },
  { type: 'counter', ok: true, status: 'undecided' },
  // That there was too little is what a counter may well find.
  { type: 'counter', ok: false, status: 'broken' },
] as const)('without samples a $type of which k6 says $ok is $status', ({ type, ok, status }) => {
  const [[, found, reason]] = judged({ type, ok, samples: 0, observed: 0 }) as [string[]]
  expect(found).toBe(status)
  expect(reason?.includes('has no samples, whatever k6 makes of it')).toBe(status === 'undecided')
})

test('that no iteration was dropped is no lack of samples', () => {
  expect(judged({ metric: 'dropped_iterations', type: 'counter', samples: 0, observed: 0 })[0]?.[1]).toBe('kept')
})

test('where k6 wrote no summary nothing is decided, whatever its exit code was', () => {
  const { promises, word } = judge({ thresholds: undefined as never })
  expect([promises[0]?.status, promises[0]?.reason, word]).toEqual([
    'undecided',
    'k6 wrote no summary that tells of it',
    'inconclusive',
  ])
})

test('a script that tags nothing needs its witness by the taps alone', () => {
  const thresholds = [reading]
  expect(judge({ thresholds })).toMatchObject({ word: 'unaffected', doubts: [] })
  const nothingCrossed = judge({ thresholds }, { taps: tapsOf({ [edge]: [{ turns: 0 }] }) })
  expect(nothingCrossed.word).toBe('inconclusive')
  expect(nothingCrossed.promises[0]?.reason).toContain('nothing shows that the fault was felt')
  expect(judge({ thresholds, requests: 0 }).doubts).toEqual(['the script sent not one request'])
})

test('a script with interactions must have tagged something', () => {
  const { doubts, notes } = judge({ thresholds: [reading] }, { interactions: [{ id: 0, key: 'a → b / c', weight: 1 }] })
  expect(doubts).toEqual(['not one response came'])
  expect(notes).toContain('k6/read.js tagged not one request')
})

test('a script that ends before its scenario decides nothing, unless a threshold ended it', () => {
  const endedAt = times.end - 5_000
  const early = judge({
    thresholds: [reading],
    endedAt,
    tool: { exit: 'exit code 108: the script aborted the test', virtualUsers: 1 },
  })
  expect(early.doubts).toEqual([
    'the script ended 5 s before the scenario did (exit code 108: the script aborted the test)',
  ])
  const crossed = judge({
    thresholds: [{ ...reading, ok: false }],
    endedAt,
    tool: { exit: 'exit code 99: a threshold was crossed', virtualUsers: 1 },
  })
  expect([crossed.word, crossed.doubts]).toEqual(['broken', []])
  expect(crossed.notes).toContain('k6 ended 5 s before the scenario did (exit code 99: a threshold was crossed)')
})

test('a script that marks its test as failed is not well', () => {
  const tool = { exit: 'exit code 110: the script marked the test as failed', virtualUsers: 1 }
  expect(judge({ thresholds: [reading], tool }).doubts).toEqual(['the script marked its test as failed'])
})

test('what was left out, mistyped and dropped is told', () => {
  const scenario = judge({ thresholds: [reading], tagged: 300, droppedIterations: 12, unknownTags: ['a → b / d'] })
  expect(scenario.notes).toEqual([
    '600 requests of k6/read.js without the tag of an interaction: left out of all shares',
    'k6/read.js tags requests with "a → b / d", which is none of its interactions',
    '12 iterations of k6/read.js did not come about: no virtual user was free, or their time was up',
  ])
})

test('nothing is noted of a load of our own', () => {
  const scenario = scenarioOf({ load: loadOf(100) })
  const samples = new SampleTable(bytesOf(...responses(100, 0, 9_000)))
  expect(judgeScenario(scenario, mayBeReduced, samples, [])).not.toHaveProperty('notes')
})
