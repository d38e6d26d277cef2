import type { Evidence } from '../../src/load/workload.ts'
import type { Report, ScenarioReport } from '../../src/report/report.ts'
import type { PromiseVerdict } from '../../src/verdict/verdict.ts'

export const evidence: Evidence = {
  sequence: 412,
  requestId: 'run-412',
  interaction: 0,
  sentAt: 1_000,
  took: 12.4,
  keeps: 0,
  error: null,
  request: { method: 'GET', url: 'http://127.0.0.1:4100/articles/1', headers: {}, body: null },
  response: { status: 500, headers: {}, body: '{"title":"Internal Server Error"}' },
  wanted: [
    { bit: 0, half: 'normal', issues: ['status 500, not 200'] },
    { bit: 1, half: 'reduced: comments: unavailable', issues: ['status 500, not 200'] },
  ],
}

export const kept: PromiseVerdict = {
  phase: 'before',
  promise: { kind: 'share', class: 'full', bound: 'atLeast', value: 0.95 },
  text: 'share of full at least 95 %',
  status: 'kept',
  reason: '300 of 300 responses (100.0 %) were full; the 95 % interval 98.8–100.0 % lies above 95 %',
  responses: 300,
  violations: 0,
  observed: 1,
  interval: [0.988, 1],
  unit: 'share',
  evidence: null,
}

export const broken: PromiseVerdict = {
  ...kept,
  phase: 'during',
  promise: { kind: 'share', class: 'broken', bound: 'atMost', value: 0.05 },
  text: 'share of broken at most 5 %',
  status: 'broken',
  reason: '97 of 500 responses (19.4 %) were broken; the 95 % interval 16.0–23.1 % lies above 5 %',
  evidence,
}

const counts = { full: 300, reduced: 0, refused: 0, broken: 0, leftOut: 1 }

export function scenario(change: Partial<ScenarioReport> = {}): ScenarioReport {
  return {
    name: 'comments-refused',
    title: 'An article outlives refusing comments',
    file: 'scenarios/comments-refused.scenario.ts',
    word: 'degraded gracefully',
    startedAt: 20_000,
    tookMs: 9_000,
    doubts: [],
    faults: ['down(storefront → comments)'],
    promises: [kept],
    witnesses: [],
    gaps: [],
    counts: { before: counts, during: { ...counts, full: 0, reduced: 300 }, after: counts },
    firstBroken: [],
    deaths: [],
    replay: 'npx brownout gate --only comments-refused --seed 7',
    logs: {},
    ...change,
  }
}

export function report(change: Partial<Report> = {}): Report {
  return {
    format: 'brownout-report',
    version: 2,
    run: {
      id: 'run',
      brownout: '0.1.0',
      system: 'photo shop',
      config: null,
      startedAt: 0,
      tookMs: 78_000,
      seed: 7,
      variants: [],
      engines: 'embedded',
      parts: [
        { role: 'redis', name: 'Redis stand-in', version: 'of Brownout', note: 'no redis-server on this machine' },
      ],
      endedBy: null,
      faultsLeft: [],
    },
    word: 'degraded gracefully',
    scenarios: [scenario()],
    notPlayed: [],
    coverage: { proven: 0, declared: 0, undeclared: 0, cells: [] },
    coverageOverTime: [],
    comparison: null,
    decision: null,
    ...change,
  }
}
