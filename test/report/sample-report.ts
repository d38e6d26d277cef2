import { conditions } from '../../src/contract/condition.ts'
import type { Evidence } from '../../src/load/workload.ts'
import type { Decision, Matter } from '../../src/report/decision.ts'
import { about } from '../../src/report/matters.ts'
import type { Report, ScenarioReport } from '../../src/report/report.ts'
import type { Coverage, CoverageCell, PromiseVerdict } from '../../src/verdict/verdict.ts'

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

export const undecided: PromiseVerdict = {
  ...kept,
  phase: 'after',
  promise: { kind: 'recovers', within: '5s' },
  text: 'recovers within 5s',
  status: 'undecided',
  reason: 'too few responses came after the limit to tell',
  responses: null,
  violations: null,
  observed: null,
  interval: null,
  unit: 'ms',
}

export const probed: PromiseVerdict = {
  ...undecided,
  promise: { kind: 'eventually', label: 'no order was lost', probe: { service: 'orders', path: '/effects' } },
  text: 'eventually no order was lost',
  status: 'kept',
  reason: 'it held 1.5 s after the phase began',
  observed: 1_500,
}

/** Something about a whole scenario. */
const ofScenario = (kind: Matter['kind'], name: string, text: string): Matter => ({
  ...about(kind, { name }),
  text: `${name}${text}`,
})
const ofPromise = (kind: 'broken' | 'undecided', name: string, { phase, text }: PromiseVerdict, more = ''): Matter => ({
  ...ofScenario(kind, name, `: ${phase}: ${text}${more}`),
  phase,
  promise: text,
})

export const shipped: Decision = {
  exitCode: 0,
  ship: true,
  reasons: [{ ...about('kept'), text: 'every promise was kept, with witnesses' }],
  waived: [],
  warnings: [],
}

const counts = { full: 300, reduced: 0, refused: 0, broken: 0, leftOut: 1 }

export function scenario(change: Partial<ScenarioReport> = {}): ScenarioReport {
  const { name = 'comments-refused' } = change
  return {
    name,
    title: 'An article outlives refusing comments',
    file: `scenarios/${name}.scenario.ts`,
    word: 'degraded gracefully',
    startedAt: 20_000,
    tookMs: 9_000,
    endedBy: null,
    doubts: [],
    faults: ['down(storefront → comments)'],
    promises: [kept],
    witnesses: [],
    gaps: [],
    counts: { before: counts, during: { ...counts, full: 0, reduced: 300 }, after: counts },
    firstBroken: [],
    deaths: [],
    replay: `npx brownout gate --only ${name} --seed 7`,
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
      whole: true,
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
    decision: shipped,
    ...change,
  }
}

const cell = (change: Partial<CoverageCell>): CoverageCell => ({
  interaction: 'browser → storefront / read an article',
  edge: 'storefront → comments',
  condition: 'unavailable',
  stance: 'reduced',
  provenBy: [],
  ...change,
})

export const coverage: Coverage = {
  proven: 2,
  declared: 6,
  undeclared: 7,
  cells: [
    ...conditions.map((condition, index) =>
      cell({ condition, stance: index < 3 ? 'reduced' : null, provenBy: index < 2 ? ['comments-refused'] : [] }),
    ),
    ...conditions.map((condition) => cell({ edge: 'auth → redis', condition, stance: 'unaffected' })),
    ...conditions.map((condition) =>
      cell({ interaction: 'browser → storefront / log in', edge: 'auth → redis', condition, stance: null }),
    ),
  ],
}

/** A run that has something of everything: broken, undecided, waived, dead, doubtful, not played, and what changed. */
export function fullReport(): Report {
  const made = report()
  const logs = { 'run-412': [{ instance: 'storefront#1', text: '{"requestId":"run-412","msg":"comments failed"}' }] }
  return report({
    run: { ...made.run, variants: ['storefront.shared-pool'] },
    word: 'inconclusive',
    scenarios: [
      scenario(),
      scenario({
        name: 'albums-stay-fast',
        title: 'A slow comment service never slows albums',
        faults: ['latency(storefront → comments, 300ms ± 50ms)', 'down(redis) on auth → redis, catalog → redis'],
        word: 'broken',
        promises: [kept, broken, probed],
        gaps: [{ interaction: 'browser → storefront / log in', condition: 'auth → redis: slow' }],
        deaths: [{ instance: 'storefront#1', text: 'storefront#1 ended though no fault ended it (exit 1)' }],
        replay: 'npx brownout gate --only albums-stay-fast --seed 7 --variant storefront.shared-pool',
        logs,
      }),
      scenario({
        name: 'orders-go-on',
        word: 'inconclusive',
        doubts: [`"${undecided.text}" is undecided: ${undecided.reason}`],
        promises: [kept, undecided],
      }),
      scenario({ name: 'hazy', word: 'inconclusive', doubts: ['no witness of down(redis)'], promises: [undecided] }),
      scenario({ name: 'known', word: 'broken', promises: [kept, broken], logs }),
    ],
    notPlayed: [
      { name: 'redis-hangs', title: 'Redis hangs', file: 'scenarios/redis-hangs.scenario.ts' },
      { name: 'boot', title: 'Boot without Redis', file: 'scenarios/boot.scenario.ts' },
    ],
    coverage,
    coverageOverTime: [0, 1, 1, 2].map((proven, at) => ({ run: `run-${at}`, at, proven, declared: 6, undeclared: 7 })),
    comparison: {
      against: 'run-2',
      newlyBroken: ['albums-stay-fast: during: share of broken at most 5 %'],
      newlyKept: ['comments-refused: before: share of full at least 95 %'],
      newlyUndecided: ['hazy: after: recovers within 5s'],
      added: ['boot'],
      removed: [],
    },
    decision: {
      exitCode: 1,
      ship: false,
      reasons: [
        ofPromise('broken', 'albums-stay-fast', broken),
        ofScenario('died', 'albums-stay-fast', ': storefront#1 ended though no fault ended it (exit 1)'),
        ofPromise('undecided', 'orders-go-on', undecided, ' is undecided'),
        ofScenario('doubt', 'hazy', ': no witness of down(redis)'),
        ofScenario('not played', 'redis-hangs', ' was not played'),
      ],
      waived: [
        {
          ...ofPromise('broken', 'known', broken),
          owner: 'Ann',
          reason: 'the new pool comes with the next release',
          expires: '2027-01-31',
        },
      ],
      warnings: [
        ofScenario('not played', 'boot', ' was not played'),
        {
          ...about('undeclared'),
          text: 'nobody declared what holds for "browser → storefront / log in" under "auth → redis: slow"',
        },
      ],
    },
  })
}
