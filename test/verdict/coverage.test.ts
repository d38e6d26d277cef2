import { describe, expect, test } from 'vitest'
import type { InteractionTerms, Terms } from '../../src/contract/terms.ts'
import type { FaultRecord } from '../../src/fault/record.ts'
import { down, flapping, kill, latency, restart, surge } from '../../src/fault/vocabulary.ts'
import type { Sample } from '../../src/load/sample.ts'
import type { ScenarioRecord } from '../../src/record/record.ts'
import { none, share } from '../../src/scenario/promise.ts'
import type { TapSnapshot } from '../../src/tap/counts.ts'
import { classify } from '../../src/verdict/classify.ts'
import { coverageOf, edgesBehind } from '../../src/verdict/coverage.ts'
import { judgeScenario } from '../../src/verdict/judge.ts'
import { proofsOf } from '../../src/verdict/proofs.ts'
import {
  article,
  edge,
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

const pair = (text: string) => {
  const [consumer = '', provider = ''] = text.split(' → ')
  return { consumer, provider }
}
const shop = [
  'balancer → storefront',
  'storefront → auth',
  'storefront → comments',
  'auth → redis',
  'auth → redis',
].map(pair)

describe('the edges behind a service', () => {
  test('are all that a request may lead over, each once', () => {
    const names = (service: string, edges = shop) =>
      edgesBehind(service, edges).map(({ consumer, provider }) => `${consumer} → ${provider}`)
    expect(names('storefront')).toEqual(['storefront → auth', 'storefront → comments', 'auth → redis'])
    expect(names('auth')).toEqual(['auth → redis'])
    expect(names('comments')).toEqual([])
    expect(names('a', ['a → b', 'b → a', 'b → b'].map(pair))).toEqual(['a → b', 'b → a', 'b → b'])
  })
})

describe('coverage', () => {
  const terms = termsOf(
    interaction({ stances: [stance('comments: unavailable', 'reduced'), stance('auth → redis: slow', 'unaffected')] }),
    interaction({ id: 1, key: 'storefront → comments / read', provider: 'comments' }),
    interaction({
      id: 2,
      key: 'storefront → auth / log in',
      provider: 'auth',
      stances: [stance('otherwise', 'refused')],
    }),
  )
  const proof = { interaction: article, felt: feltOn(edge, 'unavailable') }

  test('has a cell for every interaction, every edge behind it and every condition', () => {
    const { cells, ...totals } = coverageOf(terms, shop, [])
    expect(cells).toHaveLength((3 + 0 + 1) * 5)
    expect(totals).toEqual({ proven: 0, declared: 2 + 5, undeclared: 13 })
    expect(cells.find(({ edge: on, condition }) => on === edge && condition === 'unavailable')).toEqual({
      interaction: article,
      edge,
      condition: 'unavailable',
      stance: 'reduced',
      provenBy: [],
    })
    expect(cells.find(({ interaction: key }) => key.includes('log in'))).toMatchObject({
      edge: 'auth → redis',
      stance: 'refused',
    })
  })

  test('names the scenarios that proved a cell, each once; the totals add up', () => {
    const { cells, ...totals } = coverageOf(terms, shop, [
      { scenario: 'one', proofs: [proof, proof] },
      { scenario: 'two', proofs: [proof] },
      { scenario: 'three', proofs: [{ ...proof, felt: feltOn('x → y', 'slow') }] },
    ])
    expect(totals).toEqual({ proven: 1, declared: 6, undeclared: 13 })
    expect(cells.filter(({ provenBy }) => provenBy.length > 0)).toMatchObject([
      { interaction: article, edge, condition: 'unavailable', provenBy: ['one', 'two'] },
    ])
  })
})

/** What a scenario proves: `interaction: edge: condition`. */
function proven(
  sent: Partial<Sample>[],
  { terms = mayBeReduced, ...scenario }: Partial<ScenarioRecord> & { terms?: Terms } = {},
): string[] {
  const promises = { before: [], during: [none('refused')], after: [] }
  const samples = tableOf(...responses(50, 0, 9_900), ...sent)
  const record = scenarioOf({ promises, load: loadOf(samples.length), ...scenario })
  const verdict = judgeScenario(record, terms, samples, [])
  const scene = { scenario: record, terms, samples, classified: classify(record, terms, samples) }
  return proofsOf(scene, verdict).map(
    ({ interaction: key, felt: { consumer, dependency, condition } }) =>
      `${key.split(' / ')[1]}: ${consumer} → ${dependency}: ${condition}`,
  )
}

const during = (count: number, overrides: Partial<Sample> = {}) => responses(count, 10_200, 19_000, overrides)
const stances = (...all: InteractionTerms['stances']) => termsOf(interaction({ stances: all }))
const reducedArticle = ['read an article: storefront → comments: unavailable']

describe('a stance is proven', () => {
  test('by twenty responses that met the fault, one of which kept the declared half', () => {
    expect(proven([...during(19), ...during(1, { keeps: less })])).toEqual(reducedArticle)
    expect(proven([...during(18), ...during(1, { keeps: less })])).toEqual([])
    expect(proven(during(200))).toEqual([])
  })

  test('with one in twenty broken, not with more', () => {
    expect(proven([...during(19, { keeps: less }), ...during(1, { keeps: 0 })])).toEqual(reducedArticle)
    expect(proven([...during(18, { keeps: less }), ...during(2, { keeps: 0 })])).toEqual([])
  })

  test('that nothing is noticed, by full responses', () => {
    const terms = stances(stance('comments: unavailable', 'unaffected'))
    expect(proven(during(20), { terms })).toEqual(reducedArticle)
    expect(proven([...during(18), ...during(2, { keeps: 0 })], { terms })).toEqual([])
  })

  test('not by the few that came in time, when others hung until the fault went', () => {
    const terms = stances(stance('comments: unavailable', 'unaffected'))
    const hung = (sentAt: number) => responses(5, sentAt, sentAt, { took: 20_050 - sentAt })
    expect(proven([...during(60), ...hung(18_000)], { terms })).toEqual([])
    expect(proven([...during(60), ...hung(19_100)], { terms })).toEqual(reducedArticle)
    expect(proven([...during(60), ...hung(10_050)], { terms })).toEqual(reducedArticle)
    const hasty = termsOf(interaction({ withinMs: 300, stances: [stance('comments: unavailable', 'unaffected')] }))
    expect(proven([...during(60), ...hung(18_000)], { terms: hasty })).toEqual([])
  })

  test('only by the half that was declared for it', () => {
    const terms = stances(stance('comments: unavailable', 'refused'), stance('redis: slow', 'reduced'))
    const promises = { before: [], during: [none('reduced')], after: [] }
    expect(proven(during(40, { keeps: no }), { terms, promises })).toEqual(reducedArticle)
    expect(proven(during(40, { keeps: less }), { terms, promises })).toEqual([])
  })

  test('not where nobody took a stance', () => {
    expect(proven(during(200), { terms: termsOf(interaction()) })).toEqual([])
  })

  test('not without a complete witness, nor by an inconclusive scenario', () => {
    const idle = scenarioOf({ taps: [] })
    expect(proven(during(40, { keeps: less }), { taps: idle.taps })).toEqual([])
    expect(proven(during(40, { keeps: less }), { load: null })).toEqual([])
    const faults = [faultOf(undefined, { trouble: 'the proxy was slow to answer' })]
    expect(proven(during(40, { keeps: less }), { faults })).toEqual([])
  })

  test('not of an interaction of which a promise is broken; of another one it may be', () => {
    const terms = termsOf(
      interaction({ stances: [stance('comments: unavailable', 'reduced')] }),
      interaction({ id: 1, key: login, stances: [stance('otherwise', 'unaffected')] }),
    )
    const sent = [...during(100, { keeps: less }), ...during(100, { interaction: 1 })]
    const judged = (...all: ReturnType<typeof none>[]) =>
      proven(sent, { terms, promises: { before: [], during: all, after: [] } })
    const both = [...reducedArticle, 'log in: storefront → comments: unavailable']
    expect(judged(none('broken'))).toEqual(both)
    expect(judged(none('full', { of: login.replace('→', '->') }))).toEqual(reducedArticle)
    expect(judged(none('reduced', { of: article }))).toEqual(both.slice(1))
    expect(judged(none('reduced'))).toEqual([])
    expect(judged(share('reduced').atMost(0.5))).toEqual([])
  })

  test('not of an interaction that was not in the mix', () => {
    const interactions = [{ id: 1, key: login, weight: 1 }]
    expect(proven(during(40, { keeps: less }), { interactions })).toEqual([])
  })

  test('not by the loss of one of several replicas, which is no condition', () => {
    const lost = faultOf(down(edge), { felt: [] })
    const terms = stances(stance('otherwise', 'unaffected'))
    expect(proven(during(40), { terms, faults: [lost] })).toEqual([])
  })
})

describe('with several faults', () => {
  const terms = stances(stance('comments: unavailable', 'reduced'), stance('redis: slow', 'reduced'))
  const slowAt = (asked: number, undone: number): FaultRecord =>
    faultOf(latency('auth → redis', '300ms'), {
      id: 'f2',
      edges: [edge],
      felt: [feltOn('auth → redis', 'slow')],
      asked,
      inForce: asked,
      undoAsked: undone,
      undone,
      canary: faultOf().canary.map((reading) => ({
        ...reading,
        took: reading.when === 'during' ? 400 : 2,
        outcome: 'answered',
      })),
    })
  const readings = (...ats: number[]) =>
    ats.map((at, index) => ({ ...(tapsOf({ [edge]: [{ turns: 50 * index }] })[0] as TapSnapshot), at }))
  const taps = readings(0, 10_000, 10_100, 14_000, 15_000, 18_000, 20_000)
  const sent = (from: number, to: number) => responses(60, from, to, { keeps: less })

  test('those that come together prove nothing', () => {
    expect(proven(sent(10_200, 19_000), { terms, taps, faults: [faultOf(), slowAt(10_000, 20_100)] })).toEqual([])
  })

  test('each proves what met it alone', () => {
    const faults = [faultOf(), slowAt(14_000, 18_000)]
    expect(proven(sent(10_200, 13_900), { terms, taps, faults })).toEqual(reducedArticle)
    expect(proven(sent(14_100, 17_900), { terms, taps, faults })).toEqual([])
    expect(proven(sent(18_200, 19_900), { terms, taps, faults })).toEqual(reducedArticle)
  })

  test('the grace of one is not yet the time of the other alone', () => {
    const graceful = termsOf(interaction({ recoversMs: 1_800, stances: terms.interactions[0]?.stances ?? [] }))
    const faults = [faultOf(), slowAt(14_000, 18_000)]
    expect(proven(sent(18_200, 19_700), { terms: graceful, taps, faults })).toEqual([])
  })

  test('the grace of one is not its own time', () => {
    const graceful = termsOf(interaction({ recoversMs: 4_000, stances: terms.interactions[0]?.stances ?? [] }))
    const faults = [faultOf(), slowAt(25_000, 28_000)]
    const later = readings(0, 10_000, 10_100, 20_000, 25_000, 28_000)
    expect(proven(sent(20_200, 23_900), { terms: graceful, taps: later, faults })).toEqual([])
    expect(proven(sent(10_200, 19_900), { terms: graceful, taps: later, faults })).toEqual(reducedArticle)
  })

  test('a surge and a lost replica do not disturb', () => {
    const peak = faultOf(surge(article, { rate: 0.001 }), { id: 'f2', edges: [], canary: [] })
    const lost = faultOf(kill('comments#1'), {
      id: 'f3',
      felt: [],
      canary: faultOf().canary,
    })
    const found = proven(sent(10_200, 19_000), { taps, faults: [faultOf(), peak, lost], rate: 5 })
    expect(found).toEqual(reducedArticle)
  })

  test('one fault on several edges proves each that was in use before it', () => {
    const both = faultOf(down('comments'), { felt: [edge, 'auth → comments'].map((on) => feltOn(on, 'unavailable')) })
    const after = (turns: number) =>
      tapsOf({ [edge]: [{ turns: 0 }, { turns: 50 }], 'auth → comments#2': [{ turns: 0 }, { turns }, { turns: 90 }] })
    expect(proven(sent(10_200, 19_000), { terms, faults: [both], taps: after(50) })).toEqual([
      ...reducedArticle,
      'read an article: auth → comments: unavailable',
    ])
    expect(proven(sent(10_200, 19_000), { terms, faults: [both], taps: after(0) })).toEqual(reducedArticle)
  })
})

describe('a fault that is not there all the time', () => {
  const sent = (from: number, to: number) => responses(60, from, to, { keeps: less })
  const steps = (...all: [at: number, text: string][]) => all.map(([at, text]) => ({ at, text }))
  const open = tapsOf({
    [edge]: [
      { open: 2 },
      { open: 2, turns: 100 },
      { open: 2, turns: 100 },
      { open: 2, turns: 300, endedByProvider: 2 },
    ],
  })

  test('a restart is over when its last instance is ready', () => {
    const fault = faultOf(restart('comments'), {
      instances: ['comments'],
      steps: steps([10_600, 'comments ended'], [12_000, 'comments is ready']),
    })
    const by = (from: number, to: number) => proven(sent(from, to), { faults: [fault], taps: open })
    expect(by(10_200, 11_900)).toEqual(reducedArticle)
    expect(by(12_001, 19_000)).toEqual([])
  })

  test('a flapping port is one while it is refused', () => {
    const fault = faultOf(flapping(edge, { down: '1s', up: '2s' }), {
      steps: steps([11_000, 'refused'], [12_010, 'let through'], [14_000, 'refused'], [15_010, 'let through']),
    })
    const by = (...spans: [from: number, to: number][]) =>
      proven(
        spans.flatMap(([from, to]) => sent(from, to)),
        { faults: [fault], taps: open },
      )
    expect(by([11_001, 11_900])).toEqual(reducedArticle)
    expect(by([14_001, 14_900])).toEqual(reducedArticle)
    expect(by([10_200, 10_999], [12_001, 13_900], [15_001, 19_000])).toEqual([])
  })
})
