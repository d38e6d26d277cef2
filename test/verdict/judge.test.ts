import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Terms } from '../../src/contract/terms.ts'
import { down, latency as delay } from '../../src/fault/vocabulary.ts'
import { type Sample, SampleTable } from '../../src/load/sample.ts'
import type { Evidence } from '../../src/load/workload.ts'
import type { RunRecord, ScenarioRecord } from '../../src/record/record.ts'
import {
  amplification,
  get,
  latency,
  never,
  none,
  recovers,
  type ScenarioPromise,
  share,
} from '../../src/scenario/promise.ts'
import { judgeRun, judgeScenario } from '../../src/verdict/judge.ts'
import { type PromiseVerdict, type ScenarioVerdict, words } from '../../src/verdict/verdict.ts'
import {
  article,
  bytesOf,
  cutTaps,
  edge,
  evidenceOf,
  faultOf,
  feltOn,
  interaction,
  less,
  loadOf,
  login,
  mayBeReduced,
  no,
  responses,
  scenarioOf,
  stance,
  tableOf,
  tapsOf,
  termsOf,
} from './scenes.ts'

interface Given {
  before?: Partial<Sample>
  during?: Partial<Sample>
  after?: Partial<Sample>
  terms?: Terms
  evidence?: Evidence[]
  scenario?: Partial<ScenarioRecord>
}

const promises = {
  before: [share('full').atLeast(0.95)],
  during: [share('broken').atMost(0.05)],
  after: [recovers({ within: '5s' })],
}

/** 400 responses in each phase, all full and all promises kept unless something else is given. */
function judge({
  before,
  during,
  after,
  terms = mayBeReduced,
  evidence = [],
  scenario = {},
}: Given = {}): ScenarioVerdict {
  const sent = sentIn(before, during, after)
  return judgeScenario(
    scenarioOf({ promises, load: loadOf(sent.length), ...scenario }),
    terms,
    tableOf(...sent),
    evidence,
  )
}

function sentIn(
  before: Partial<Sample> = {},
  during: Partial<Sample> = {},
  after: Partial<Sample> = {},
): Partial<Sample>[] {
  return [
    ...responses(400, 0, 9_900, before),
    ...responses(400, 10_101, 19_900, during),
    ...responses(400, 20_101, 29_900, after),
  ]
}

const broken = { keeps: 0 }
const statuses = (verdict: ScenarioVerdict) => verdict.promises.map(({ status }) => status)

describe('the word', () => {
  const mayBeRefused = termsOf(interaction({ stances: [stance('comments: unavailable', 'refused')] }))

  test.each<[string, Given, string]>([
    ['nothing was felt', {}, 'unaffected'],
    ['what was declared', { during: { keeps: less } }, 'degraded gracefully'],
    ['a declared refusal', { during: { keeps: no }, terms: mayBeRefused }, 'refused cleanly'],
    ['broken during the fault', { during: broken }, 'broken'],
    ['broken before it', { before: broken }, 'broken'],
    ['broken ever after', { after: broken }, 'never recovered'],
    [
      'an instance that died unasked',
      { scenario: { deaths: [{ instance: 'auth', at: 12_300, exit: 'exit code 1', lastWords: ['start', 'oh no'] }] } },
      'broken',
    ],
    ['no witness', { scenario: { taps: [] } }, 'inconclusive'],
    ['broken, and no witness', { during: broken, scenario: { taps: [] } }, 'inconclusive'],
    [
      'not healthy to begin with',
      { scenario: { health: { healthy: false, reason: 'p95 was 900 ms', tookMs: 10_000 } } },
      'inconclusive',
    ],
  ])('%s', (_, given, word) => expect(judge(given).word).toBe(word))

  test('degraded answers are told apart by what was seen during the fault alone', () => {
    const grace = termsOf(interaction({ recoversMs: 20_000, stances: [stance('comments: unavailable', 'refused')] }))
    const allowing = { ...promises, after: [none('broken')] }
    expect(judge({ after: { keeps: no }, terms: grace, scenario: { promises: allowing } }).word).toBe('unaffected')
  })

  test('is inconclusive exactly when there are doubts', () => {
    const maybe = fc.constantFrom({}, broken, { keeps: less }, { error: 1 })
    const scenarios = fc.constantFrom<Partial<ScenarioRecord>>(
      {},
      { taps: [] },
      { health: null },
      { startedAt: null },
      { load: null },
    )
    fc.assert(
      fc.property(maybe, maybe, maybe, scenarios, (before, during, after, scenario) => {
        const verdict = judge({ before, during, after, scenario })
        expect(words).toContain(verdict.word)
        expect(verdict.word === 'inconclusive').toBe(verdict.doubts.length > 0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('doubts', () => {
  const stop = { code: 'STOPPED', message: 'the stop rule: 50 % broken', exitCode: 4 }
  const idle = tapsOf({ [edge]: [{ turns: 0 }, { turns: 100 }] })

  test.each<[string, Partial<ScenarioRecord>, string]>([
    ['cut short', { endedBy: stop }, 'it was cut short: the stop rule: 50 % broken'],
    [
      'not healthy',
      { health: { healthy: false, reason: 'p95 was 900 ms', tookMs: 1 } },
      'not healthy to begin with: p95 was 900 ms',
    ],
    ['never played', { startedAt: null }, 'it was not played'],
    ['health never checked', { health: null }, 'it was not played'],
    ['no load summary', { load: null }, 'the load left no summary'],
    [
      'a fault in trouble',
      { faults: [faultOf(undefined, { trouble: 'the proxy is gone' })] },
      `down(${edge}): the proxy is gone`,
    ],
    [
      'an untouched workload',
      { taps: idle },
      `no witness of down(${edge}): nothing crossed ${edge} while it was in force, no live connection was cut, and no answer declared for it was seen`,
    ],
    ['nothing promised', { promises: { before: [], during: [], after: [] } }, 'it promises nothing'],
    [
      'an undecided promise',
      { promises: { before: [], during: [share('reduced').atMost(0.001)], after: [] } },
      '"share of reduced at most 0.1 %" is undecided: 0 of 400 responses (0.00 %) were reduced; the 95 % interval 0.00–0.92 % contains 0.1 %; 3,688 responses without a further violation would keep it',
    ],
    [
      'a probe that nobody answered',
      { promises: { before: [], during: [], after: [never('it is lost', get('orders', '/effects'), z.any())] } },
      '"never it is lost" is undecided: 0 of 0 readings were answers',
    ],
  ])('%s', (_, scenario, doubt) => {
    const verdict = judge({ scenario })
    expect(verdict.doubts).toContain(doubt)
    expect(verdict.word).toBe('inconclusive')
  })

  test('no response at all, and none that met the fault', () => {
    const none_ = judgeScenario(
      scenarioOf({ promises, load: loadOf(0) }),
      mayBeReduced,
      new SampleTable(new Uint8Array()),
      [],
    )
    expect(none_.doubts).toEqual(['not one response came'])
    const apart = responses(800, 0, 9_900)
    const verdict = judgeScenario(scenarioOf({ promises, load: loadOf(800) }), mayBeReduced, tableOf(...apart), [])
    expect(verdict.doubts).toContain('no response met the faults')
  })

  test('a fault that never came in force leaves everything before, and no witness', () => {
    const unasked = faultOf(undefined, { asked: null, inForce: null, undoAsked: null, undone: null, canary: [] })
    const verdict = judge({ scenario: { faults: [unasked] } })
    expect(verdict.counts.before.full).toBe(1_200)
    expect(verdict.doubts).toContain(`no witness of down(${edge}): it was not seen to come and go`)
  })
})

describe('without a witness', () => {
  test('what would be kept is undecided, what is broken stays broken', () => {
    const mixed = { ...promises, during: [share('broken').atMost(0.05), none('full')] }
    expect(statuses(judge({ scenario: { promises: mixed } }))).toEqual(['kept', 'kept', 'broken', 'kept'])
    const verdict = judge({ scenario: { promises: mixed, taps: [] } })
    expect(statuses(verdict)).toEqual(['undecided', 'undecided', 'broken', 'undecided'])
    expect(verdict.promises[0]?.reason).toMatch(
      /^proves nothing, since nothing shows that the fault was felt: 400 of 400 responses \(100\.00 %\) were full;/,
    )
  })

  test('each of several faults needs its own', () => {
    const second = faultOf(delay('auth → redis', '300ms'), { id: 'f2', edges: ['auth → redis'], canary: [] })
    const verdict = judge({ scenario: { faults: [faultOf(), second] } })
    expect(verdict.witnesses.map(({ fault, canary }) => [fault, canary.seen])).toEqual([
      ['f1', true],
      ['f2', false],
    ])
    expect(statuses(verdict)).toEqual(['undecided', 'undecided', 'undecided'])
    expect(verdict.faults).toEqual([`down(${edge})`, 'latency(auth → redis, 300ms)'])
  })
})

describe('a load that measured nothing', () => {
  test.each([
    [loadOf(990, { due: 1_000 }), 'kept', /^400 of 400/],
    [
      loadOf(1_200, { due: 1_213 }),
      'undecided',
      /^undecided because the load sent only 1,200 of 1,213 arrivals \(98\.9 %; 99 % are needed\): 400 of 400/,
    ],
    [null, 'undecided', /^undecided because the load left no summary: 400 of 400/],
  ])('%o: %s', (load, status, reason) => {
    const [first] = judge({ scenario: { load } }).promises
    expect(first).toMatchObject({ status, reason: expect.stringMatching(reason) })
  })

  test.each([
    [24, 51, 'kept', /^400 of 400/],
    [400, 50, 'kept', /^400 of 400/],
    [
      25,
      51,
      'undecided',
      /^undecided because the load sent 25 of 1,200 arrivals more than 50 ms late \(2\.1 %; at most 2 % may be\): 400 of 400/,
    ],
  ])('%i of 1,200 arrivals %i ms late: %s', (count, late, status, reason) => {
    const sent = sentIn().map((sample, index) => (index < count ? { ...sample, late } : sample))
    const scenario = scenarioOf({ promises, load: loadOf(sent.length) })
    const [first] = judgeScenario(scenario, mayBeReduced, tableOf(...sent), []).promises
    expect(first).toMatchObject({ status, reason: expect.stringMatching(reason) })
  })

  test('by a single arrival that came a second late: there the load stood still', () => {
    const lateBy = (late: number) => {
      const sent = sentIn().map((sample, index) => (index === 700 ? { ...sample, late } : sample))
      const scenario = scenarioOf({ promises, load: loadOf(sent.length) })
      return judgeScenario(scenario, mayBeReduced, tableOf(...sent), []).promises[0]
    }
    expect([1_000, 1_001].map((late) => lateBy(late)?.status)).toEqual(['kept', 'undecided'])
    expect(lateBy(1_500)?.reason).toMatch(
      /^undecided because the load sent an arrival 1\.5 s late \(none may be more than 1 s late\): 400 of 400/,
    )
  })

  test('accuses nobody either', () => {
    expect(statuses(judge({ before: { late: 80 }, during: broken }))).toEqual(['undecided', 'undecided', 'undecided'])
  })
})

describe('gaps', () => {
  const redis = faultOf(down('redis'), {
    id: 'f2',
    felt: ['auth → redis', 'catalog → redis'].map((on) => feltOn(on, 'unavailable')),
  })
  const terms = termsOf(
    interaction({
      stances: [stance('comments: unavailable', 'reduced'), stance('auth → redis: unavailable', 'unaffected')],
    }),
    interaction({ id: 1, key: login, stances: [stance('otherwise', 'unaffected')] }),
    interaction({ id: 2, key: 'browser → storefront / order' }),
  )

  test('are conditions in force on which an interaction of the workload takes no stance', () => {
    expect(judge({ terms, scenario: { faults: [faultOf(), redis, redis] } }).gaps).toEqual([
      { interaction: article, condition: 'catalog → redis: unavailable' },
    ])
  })

  test('there are none for a fault that was not played, and none for a lost replica', () => {
    const faults = [faultOf(down('redis'), { asked: null }), faultOf(down('redis'), { felt: [] })]
    expect(judge({ terms: termsOf(interaction()), scenario: { faults } }).gaps).toEqual([])
  })
})

describe('evidence', () => {
  test('the first broken responses, by when they were sent, at most ten', () => {
    const evidence = [900, 405, 420, 400, 401, 402, 403, 404, 406, 407, 408, 409, 3, 99_999].map(evidenceOf)
    const { firstBroken } = judge({ during: broken, evidence })
    expect(firstBroken.map(({ sequence }) => sequence)).toEqual([400, 401, 402, 403, 404, 405, 406, 407, 408, 409])
    expect(judge({ evidence }).firstBroken).toEqual([])
    expect(judge({ before: broken, evidence: [evidenceOf(0)] }).firstBroken).toEqual([evidenceOf(0)])
  })

  test('each promise that is not kept shows the first that counts against it', () => {
    const evidence = [1_150, 900, 450, 410, 3].map(evidenceOf)
    const after: ScenarioPromise[] = [
      recovers({ within: '5s' }),
      latency('p95').atMost('10ms'),
      amplification(edge).atMost(1),
    ]
    const scenario = { promises: { ...promises, during: [share('full').atLeast(0.9), none('full')], after } }
    const shown = judge({ during: broken, after: broken, evidence, scenario }).promises
    const sequenceOf = ({ text, evidence: shownFor }: PromiseVerdict) => [text, shownFor?.sequence ?? null]
    expect(shown.map(sequenceOf)).toEqual([
      ['share of full at least 95 %', null],
      ['share of full at least 90 %', 410],
      ['no full response', null],
      ['recovers within 5s', 1_150],
      ['p95 at most 10ms', 900],
      [`amplification of ${edge} at most 1`, null],
    ])
  })
})

describe('what else a verdict says', () => {
  test('how each instance died that no fault ended', () => {
    const deaths = [{ instance: 'auth', at: 12_300, exit: 'exit code 1', lastWords: ['start', 'oh no'] }]
    expect(judge({ scenario: { deaths } }).deaths).toEqual([
      {
        instance: 'auth',
        text: 'auth ended though no fault ended it (exit code 1, 12.3 s after the load began): oh no',
      },
    ])
  })

  test('how many responses of each class each phase had', () => {
    expect(judge({ during: { keeps: less } }).counts).toEqual({
      before: { full: 400, reduced: 0, refused: 0, broken: 0, leftOut: 0 },
      during: { full: 0, reduced: 400, refused: 0, broken: 0, leftOut: 0 },
      after: { full: 400, reduced: 0, refused: 0, broken: 0, leftOut: 0 },
    })
  })
})

describe('a stored run', () => {
  const sent = sentIn({}, { keeps: less }, broken)
  const scenario = scenarioOf({ promises, load: loadOf(sent.length), taps: cutTaps })
  const evidence = [900, 905].map(evidenceOf)

  test('judged again from what is on disk gives the same verdict, and the verdict survives JSON', () => {
    const first = judgeScenario(scenario, mayBeReduced, tableOf(...sent), evidence)
    const again = judgeScenario(
      JSON.parse(JSON.stringify(scenario)) as ScenarioRecord,
      JSON.parse(JSON.stringify(mayBeReduced)) as Terms,
      new SampleTable(Uint8Array.from(bytesOf(...sent))),
      JSON.parse(JSON.stringify(evidence)) as Evidence[],
    )
    expect(again).toEqual(first)
    expect(JSON.parse(JSON.stringify(first))).toEqual(first)
    expect(first.word).toBe('never recovered')
  })

  const run: RunRecord = {
    format: 'brownout-run',
    version: 2,
    id: 'r1',
    brownout: '0.1.0',
    startedAt: 0,
    endedAt: 1,
    seed: 1,
    variants: [],
    config: null,
    policy: {},
    system: { name: 'shop', instances: [], edges: [] },
    engines: { name: 'embedded', parts: [] },
    terms: mayBeReduced,
    baseline: null,
    planned: [],
    whole: true,
    scenarios: [],
    endedBy: null,
    faultsLeft: [],
  }
  const fine = { samples: tableOf(...sentIn()), evidence: [] }

  test('has the worst word of its scenarios', () => {
    const scenarios = ['a', 'b'].map((name) => ({ ...scenario, name }))
    const load = ({ name }: ScenarioRecord) => (name === 'a' ? fine : { samples: tableOf(...sent), evidence })
    const verdict = judgeRun({ ...run, scenarios }, load)
    expect(verdict.scenarios.map(({ name, word }) => [name, word])).toEqual([
      ['a', 'unaffected'],
      ['b', 'never recovered'],
    ])
    expect(verdict.word).toBe('never recovered')
  })

  test('tells what it proved of the contracts, and by which scenario', () => {
    const scenarios = ['a', 'b', 'c'].map((name) => ({ ...scenario, name, taps: name === 'c' ? [] : scenario.taps }))
    const degraded = { samples: tableOf(...sentIn({}, { keeps: less })), evidence: [] }
    const load = ({ name }: ScenarioRecord) => (name === 'b' ? fine : degraded)
    const edges = [edge, 'comments → store'].map((id) => {
      const [consumer = '', provider = ''] = id.split(' → ')
      const nowhere = { host: '127.0.0.1', port: 1 }
      return { id, consumer, provider, instance: provider, proxy: nowhere, tap: nowhere, upstream: nowhere }
    })
    const { coverage } = judgeRun({ ...run, scenarios, system: { name: 'shop', instances: [], edges } }, load)
    expect(coverage).toMatchObject({ proven: 1, declared: 0, undeclared: 9 })
    expect(coverage.cells[0]).toEqual({
      interaction: article,
      edge,
      condition: 'unavailable',
      stance: 'reduced',
      provenBy: ['a'],
    })
  })

  test('is inconclusive when it played nothing, or was cut short', () => {
    expect(judgeRun(run, () => fine).word).toBe('inconclusive')
    const endedBy = { code: 'INTERRUPTED', message: 'Ctrl-C', exitCode: 130 }
    expect(judgeRun({ ...run, scenarios: [scenario], endedBy }, () => fine).word).toBe('inconclusive')
    const { name, title, file } = scenario
    const planned = [{ name, title, file }]
    expect(judgeRun({ ...run, planned, scenarios: [scenario] }, () => fine).word).toBe('unaffected')
    planned.push({ name: 'the next', title, file })
    expect(judgeRun({ ...run, planned, scenarios: [scenario] }, () => fine).word).toBe('inconclusive')
  })
})
