import { describe, expect, test } from 'vitest'
import type { CanaryFault } from '../../src/fault/felt.ts'
import type { CanaryReading, FaultRecord } from '../../src/fault/record.ts'
import {
  bandwidth,
  down,
  type Fault,
  flapping,
  kill,
  latency,
  pause,
  reset,
  restart,
  slowClose,
  surge,
  timeout,
} from '../../src/fault/vocabulary.ts'
import type { TapSnapshot } from '../../src/tap/counts.ts'
import { judgeCanary } from '../../src/verdict/canary.ts'
import { isComplete, missingParts, witnessOf } from '../../src/verdict/witness.ts'
import {
  article,
  canaryOf,
  cutTaps,
  edge,
  faultOf,
  feltOn,
  interaction,
  less,
  login,
  mayBeReduced,
  responses,
  scenarioOf,
  sceneOf,
  stance,
  tableOf,
  tapsOf,
  termsOf,
} from './scenes.ts'

const other = 'auth → comments'
const judged = (record: FaultRecord) => judgeCanary(record, record.fault as CanaryFault)
const well = { before: canaryOf('before', 'answered'), after: canaryOf('after', 'answered') }

describe('the canary', () => {
  const slowly = (took: number, when: CanaryReading['when'] = 'during') => canaryOf(when, 'answered', { took })

  test.each<[Fault, CanaryReading['outcome'][], CanaryReading['outcome'][]]>([
    [down(edge), ['refused'], ['reset', 'closed', 'silent', 'answered']],
    [timeout(edge), ['silent', 'closed'], ['refused', 'reset', 'answered']],
    [reset(edge), ['reset', 'closed'], ['refused', 'silent', 'answered']],
    [kill('comments'), ['refused', 'reset', 'closed', 'silent'], ['answered']],
  ])('%o is felt as %o', (fault, felt, unfelt) => {
    const seen = (outcome: CanaryReading['outcome']) =>
      judged(faultOf(fault, { canary: [well.before, canaryOf('during', outcome), well.after] })).seen
    expect(felt.filter((outcome) => !seen(outcome))).toEqual([])
    expect(unfelt.filter(seen)).toEqual([])
  })

  test('a latency is felt by its delay, less its jitter and a tenth, on top of the time before', () => {
    const fault = latency(edge, '300ms', { jitter: '100ms' })
    const seen = (...readings: CanaryReading[]) => judged(faultOf(fault, { canary: readings })).seen
    expect(seen(well.before, slowly(183), well.after)).toBe(true)
    expect(seen(well.before, slowly(181), well.after)).toBe(false)
    expect(seen(slowly(50, 'before'), slowly(200), well.after)).toBe(false)
    expect(seen(well.before, slowly(300), slowly(300, 'after'))).toBe(false)
  })

  test('an answer too small to show the fault is said to be', () => {
    const { text } = judged(faultOf(bandwidth(edge, 200), { canary: [well.before, slowly(2), well.after] }))
    expect(text).toContain('answered in 2 ms while the fault was in force, and an answer of 200 bytes cannot show it')
  })

  test('a late end of the connection is told', () => {
    const late = canaryOf('during', 'answered', { closedAfter: 301 })
    const { seen, text } = judged(faultOf(slowClose(edge, '300ms'), { canary: [well.before, late, well.after] }))
    expect(seen).toBe(true)
    expect(text).toContain(
      'answered in 2 ms and hung up on 301 ms later while the fault was in force, answered in 2 ms before',
    )
  })

  test('must be well before and after, feel the fault every time, and be there at all', () => {
    const felt = canaryOf('during', 'refused')
    const judge = (...canary: CanaryReading[]) => judged(faultOf(down(edge), { canary }))
    expect(judge(well.before, felt, felt, well.after)).toEqual({
      seen: true,
      text: `the canary through ${edge} was refused while the fault was in force, answered in 2 ms before it and answered in 2 ms after it`,
    })
    expect(judge(canaryOf('before', 'refused'), felt, well.after).text).toContain('refused even before the fault')
    expect(judge(well.before, felt, canaryOf('during', 'answered'), well.after).text).toContain(
      'answered in 2 ms while the fault was in force, which is not how it is felt',
    )
    expect(judge(well.before, felt, canaryOf('after', 'silent')).text).toContain(
      'unanswered in 500 ms even after the fault',
    )
    for (const missing of [
      [felt, well.after],
      [well.before, well.after],
      [well.before, felt],
    ])
      expect(judge(...missing)).toMatchObject({ seen: false, text: expect.stringContaining('not sent') })
  })

  test('the quickest answer before the fault is the usual one, and the last must be one', () => {
    const fault = latency(edge, '100ms')
    const before = (...readings: CanaryReading[]) =>
      judged(faultOf(fault, { canary: [...readings, slowly(110), slowly(40, 'after')] }))
    expect(before(slowly(400, 'before'), slowly(3, 'before'), slowly(60, 'before')).seen).toBe(true)
    expect(before(slowly(400, 'before')).seen).toBe(false)
    expect(before(canaryOf('before', 'silent'), slowly(3, 'before')).seen).toBe(true)
    expect(before(slowly(3, 'before'), canaryOf('before', 'silent')).text).toContain(
      'unanswered in 500 ms even before the fault',
    )
  })

  test('every edge needs its own, and the one that lacks it is named', () => {
    const canary = [well.before, canaryOf('during', 'refused'), well.after]
    const both = [...canary, ...canary.map((reading) => ({ ...reading, edge: other }))]
    const edges = [edge, other]
    expect(judged(faultOf(down('comments'), { edges, canary: both })).seen).toBe(true)
    expect(judged(faultOf(down('comments'), { edges, canary }))).toEqual({
      seen: false,
      text: `the canary through ${other} was not sent before the fault`,
    })
    expect(judged(faultOf(kill('balancer'), { edges: [] })).seen).toBe(false)
  })
})

/** The witness of one fault, by what the taps read; all responses are full unless `keeps` says otherwise. */
function witness(fault: FaultRecord, taps: TapSnapshot[], keeps?: number) {
  const sent = responses(50, 11_000, 19_000, keeps === undefined ? {} : { keeps })
  return witnessOf(fault, sceneOf(scenarioOf({ faults: [fault], taps }), mayBeReduced, tableOf(...sent)))
}

describe('the workload', () => {
  const turns = (...counts: number[]) => counts.map((each) => ({ turns: each }))

  test('crossed the edge before the fault', () => {
    expect(witness(faultOf(), tapsOf({ [edge]: turns(10, 22) })).crossedBefore).toEqual({
      seen: true,
      text: `12 requests crossed ${edge} before the fault`,
    })
    expect(witness(faultOf(), tapsOf({ [edge]: turns(10, 10, 10, 400) })).crossedBefore).toEqual({
      seen: false,
      text: `nothing crossed ${edge} before the fault`,
    })
    expect(witness(faultOf(), []).crossedBefore).toEqual({ seen: false, text: 'no tap was read before the fault' })
  })

  test('one of several edges is enough; those without traffic are named', () => {
    const fault = faultOf(down('comments'), { edges: [edge, other] })
    expect(witness(fault, tapsOf({ [edge]: turns(0, 1), [other]: turns(3, 3) })).crossedBefore).toEqual({
      seen: true,
      text: `1 request crossed ${edge} and nothing crossed ${other} before the fault`,
    })
  })

  test('was touched when its requests crossed while the fault was in force', () => {
    const fault = faultOf(latency(edge, '300ms'))
    expect(witness(fault, tapsOf({ [edge]: turns(0, 100, 100, 180) })).touched).toEqual({
      seen: true,
      text: `80 requests crossed ${edge} while it was in force`,
    })
    expect(witness(fault, tapsOf({ [edge]: turns(0, 100, 100, 100, 500) })).touched.seen).toBe(false)
  })

  test('was touched when a refused port cut its live connections', () => {
    expect(witness(faultOf(), cutTaps).touched).toEqual({ seen: true, text: '2 live connections cut' })
    const noneOpen = tapsOf({ [edge]: [{ open: 0 }, { open: 0, turns: 9 }, { open: 0, turns: 9, endedByConsumer: 2 }] })
    expect(witness(faultOf(), noneOpen).touched.seen).toBe(false)
  })

  test('was touched when a killed provider ended its connections; what consumers end themselves is no sign', () => {
    const taps = (ended: 'endedByProvider' | 'endedByConsumer') =>
      tapsOf({ [edge]: [{ open: 3 }, { open: 3, turns: 9 }, { open: 0, turns: 9, [ended]: 3 }] })
    const fault = faultOf(kill('comments'), { instances: ['comments'] })
    expect(witness(fault, taps('endedByProvider')).touched).toEqual({ seen: true, text: '3 live connections cut' })
    expect(witness(fault, taps('endedByConsumer')).touched.seen).toBe(false)
  })

  test('connections that end under any other fault are no sign: they end every day', () => {
    expect(witness(faultOf(latency(edge, '300ms')), cutTaps).touched.seen).toBe(false)
  })

  test('was touched when the stance of this very fault was seen', () => {
    const idle = tapsOf({ [edge]: turns(0, 100) })
    expect(witness(faultOf(), idle, less).touched).toEqual({
      seen: true,
      text: '"browser → storefront / read an article" answered as declared for it',
    })
    const another = faultOf(down('redis'), { felt: [feltOn('auth → redis', 'unavailable')] })
    expect(witness(another, idle, less).touched.seen).toBe(false)
    expect(witness(faultOf(), idle).touched.text).toBe(
      `nothing crossed ${edge} while it was in force, no live connection was cut, and no answer declared for it was seen`,
    )
  })

  test('a stance seen before or after the fault is none', () => {
    const idle = tapsOf({ [edge]: turns(0, 100) })
    const sent = [...responses(50, 0, 9_000, { keeps: less }), ...responses(50, 21_000, 29_000, { keeps: less })]
    const grace = termsOf(interaction({ recoversMs: 20_000, stances: [stance('comments: unavailable', 'reduced')] }))
    const scene = sceneOf(scenarioOf({ taps: idle }), grace, tableOf(...sent))
    expect(scene.classified.counts.after.reduced).toBe(50)
    expect(witnessOf(faultOf(), scene).touched.seen).toBe(false)
  })
})

describe('of several faults in time', () => {
  const second = (overrides: Partial<FaultRecord> = {}) =>
    faultOf(latency(edge, '300ms'), { asked: 12_000, inForce: 12_100, undoAsked: 15_000, undone: 15_100, ...overrides })
  const readings = (turns: [at: number, turns: number][]): TapSnapshot[] =>
    turns.map(([at, count]) => ({ ...(tapsOf({ [edge]: [{ turns: count }] })[0] as TapSnapshot), at }))

  test('each is witnessed by the readings of its own time', () => {
    const taps = readings([
      [0, 0],
      [10_000, 10],
      [10_100, 10],
      [12_000, 30],
      [12_100, 31],
      [15_000, 31],
      [15_100, 80],
      [20_000, 90],
    ])
    expect(witness(second(), taps)).toMatchObject({
      inForceMs: 2_900,
      crossedBefore: { seen: true, text: `30 requests crossed ${edge} before the fault` },
      touched: { seen: false },
    })
    expect(witness(faultOf(latency(edge, '300ms')), taps)).toMatchObject({
      crossedBefore: { text: `10 requests crossed ${edge} before the fault` },
      touched: { text: `80 requests crossed ${edge} while it was in force` },
    })
  })

  test('a stance seen under one of them is none of the other', () => {
    const idle = readings([0, 10_000, 10_100, 12_000, 12_100, 15_000, 20_000].map((at) => [at, at === 0 ? 0 : 9]))
    const sent = responses(50, 16_000, 19_000, { keeps: less })
    const both = [faultOf(), second({ felt: [feltOn(edge, 'unavailable')] })]
    const scene = sceneOf(scenarioOf({ faults: both, taps: idle }), mayBeReduced, tableOf(...sent))
    expect(both.map((fault) => witnessOf(fault, scene).touched.seen)).toEqual([true, false])
  })
})

describe('what cuts live connections', () => {
  const taps = (ended: 'endedByProvider' | 'endedByConsumer') =>
    tapsOf({ [edge]: [{ open: 3 }, { open: 3, turns: 9 }, { open: 0, turns: 9, [ended]: 3 }] })

  test.each<[Fault, boolean, boolean]>([
    [down(edge), true, true],
    [flapping(edge), true, true],
    [kill('comments'), true, false],
    [restart('comments'), true, false],
    [pause('comments'), false, true],
    [timeout(edge), false, false],
    [bandwidth(edge, 8), false, false],
  ])('%o', (fault, byProvider, byConsumer) => {
    const seen = (ended: 'endedByProvider' | 'endedByConsumer') => witness(faultOf(fault), taps(ended)).touched.seen
    expect([seen('endedByProvider'), seen('endedByConsumer')]).toEqual([byProvider, byConsumer])
  })
})

describe('a fault that no canary can feel', () => {
  const partOf = (fault: Fault, overrides: Partial<FaultRecord>) =>
    witness(faultOf(fault, { canary: [], ...overrides }), cutTaps).canary
  const steps = (...texts: string[]) => ({ steps: texts.map((text, index) => ({ at: 10_000 + index * 400, text })) })

  test('a restart is told by its steps: every instance ended and was ready again', () => {
    const instances = ['storefront#1', 'storefront#2']
    const all = ['storefront#1 ended', 'storefront#1 is ready', 'storefront#2 ended', 'storefront#2 is ready']
    const judge = (texts: string[]) => partOf(restart('storefront'), { instances, ...steps(...texts) })
    expect(judge(all)).toEqual({
      seen: true,
      text: 'storefront#1 ended and was ready again after 400 ms; storefront#2 ended and was ready again after 400 ms',
    })
    expect(judge(all.slice(0, 3))).toEqual({ seen: false, text: 'storefront#2 was not seen to be ready again' })
    expect(judge(all.slice(0, 2))).toEqual({ seen: false, text: 'storefront#2 was not seen to end' })
    expect(judge(['storefront#2 is ready', ...all.slice(0, 3)]).seen).toBe(false)
    expect(partOf(restart('storefront'), { instances: [] }).seen).toBe(false)
  })

  test('a flapping port is told by its steps: it was seen both ways, and half as often as it was to change', () => {
    // Twenty in 9.9 s, the first of which is its coming.
    const changes = (count: number) =>
      Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'refused' : 'let through'))
    expect(partOf(flapping(edge), steps(...changes(10)))).toEqual({
      seen: true,
      text: 'the port was seen to refuse 5 times and to let through 5 times, of 20 changes planned',
    })
    expect(partOf(flapping(edge), steps(...changes(9))).seen).toBe(false)
    const slowly = flapping(edge, { down: '6s', up: '2s' })
    expect(partOf(slowly, steps('refused', 'let through')).seen).toBe(true)
    expect(partOf(slowly, steps('refused')).seen).toBe(false)
    expect(partOf(slowly, steps('let through')).seen).toBe(false)
    expect(partOf(slowly, { ...steps('refused', 'let through'), undoAsked: null }).seen).toBe(false)
  })
})

describe('a surge', () => {
  const peak = { edges: [], canary: [], felt: [], asked: 10_000, inForce: 10_000, undoAsked: 20_000, undone: 20_000 }
  const terms = termsOf(interaction(), interaction({ id: 1, key: login }))
  const sent = (before: number, during: number) => [
    ...responses(before, 0, 9_900),
    ...responses(during, 10_000, 19_999),
    ...responses(250, 10_000, 19_999, { interaction: 1 }),
  ]
  /** 25 a second as a rule, 60 more in the surge: 850 in ten seconds. */
  const judge = (before: number, during: number, others: FaultRecord[] = [], of = article) => {
    const fault = faultOf(surge(of, { rate: 60 }), peak)
    const scene = sceneOf(scenarioOf({ faults: [fault, ...others] }), terms, tableOf(...sent(before, during)))
    return witnessOf(fault, scene)
  }

  test('is told by the arrivals that came', () => {
    const complete = judge(250, 850)
    expect(complete).toMatchObject({
      crossedBefore: { seen: true, text: `250 arrivals of "${article}" came before it` },
      canary: { seen: true, text: `850 arrivals of "${article}" came during it, 100.0 % of the 850 planned` },
      touched: { seen: true, text: '1,100 arrivals of all kinds met it' },
    })
    expect(isComplete(complete)).toBe(true)
  })

  test('nine in ten are enough, or as many as chance may leave', () => {
    // 850 − 3 √850 is 762.5, which is less than 765.
    expect(judge(250, 763).canary.seen).toBe(true)
    expect(judge(250, 762).canary.seen).toBe(false)
    expect(judge(250, 250).canary.seen).toBe(false)
  })

  test('that is small must be told from the usual load', () => {
    const small = faultOf(surge(article, { rate: 2 }), peak)
    const seen = (during: number) =>
      witnessOf(small, sceneOf(scenarioOf({ faults: [small] }), terms, tableOf(...sent(250, during)))).canary.seen
    expect([seen(259), seen(260)]).toEqual([false, true])
  })

  test('counts on those of another surge at the same time, as far as it goes', () => {
    const second = faultOf(surge(article.replace('→', '->'), { rate: 40 }), {
      ...peak,
      undoAsked: 15_000,
      undone: 15_000,
    })
    expect(judge(250, 850, [second]).canary).toMatchObject({
      seen: false,
      text: expect.stringContaining('1,050 planned'),
    })
    expect(judge(250, 1_000, [second]).canary.seen).toBe(true)
    const elsewhere = faultOf(surge(login, { rate: 40 }), peak)
    expect(judge(250, 850, [elsewhere]).canary.seen).toBe(true)
  })

  test('needs somebody before it, and an interaction that is known', () => {
    expect(judge(0, 850).crossedBefore.seen).toBe(false)
    expect(judge(250, 850, [], 'a → b / c')).toMatchObject({ crossedBefore: { seen: false }, canary: { seen: false } })
    const open = faultOf(surge(article, { rate: 60 }), { ...peak, undoAsked: null, undone: null })
    const scene = sceneOf(scenarioOf({ faults: [open] }), terms, tableOf(...sent(250, 850)))
    expect(isComplete(witnessOf(open, scene))).toBe(false)
  })
})

describe('a witness', () => {
  test('is complete with all three parts and both times', () => {
    const complete = witness(faultOf(), cutTaps)
    expect(complete).toMatchObject({ fault: 'f1', text: `down(${edge})`, inForceMs: 9_900 })
    expect(isComplete(complete)).toBe(true)
    expect(missingParts(complete)).toEqual([])
  })

  test('says what is missing', () => {
    const lacking = witness(faultOf(down(edge), { canary: [] }), tapsOf({ [edge]: [{}] }))
    expect(isComplete(lacking)).toBe(false)
    expect(missingParts(lacking)).toEqual([
      `nothing crossed ${edge} before the fault`,
      `the canary through ${edge} was not sent before the fault`,
      expect.stringMatching(/^nothing crossed .* while it was in force, /),
    ])
    const unseen = witness(faultOf(down(edge), { inForce: null }), cutTaps)
    expect(unseen).toMatchObject({ inForceMs: null, crossedBefore: { seen: true }, touched: { seen: false } })
    expect(isComplete(unseen)).toBe(false)
    expect(missingParts(unseen)).toEqual(['it was not seen to come and go'])
  })
})
