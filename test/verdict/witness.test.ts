import { describe, expect, test } from 'vitest'
import type { CanaryFault } from '../../src/fault/felt.ts'
import type { CanaryReading, FaultRecord } from '../../src/fault/record.ts'
import { down, type Fault, kill, latency, reset, timeout } from '../../src/fault/vocabulary.ts'
import type { TapSnapshot } from '../../src/tap/counts.ts'
import { judgeCanary } from '../../src/verdict/canary.ts'
import { isComplete, missingParts, witnessOf } from '../../src/verdict/witness.ts'
import {
  canaryOf,
  cutTaps,
  edge,
  faultOf,
  feltOn,
  interaction,
  less,
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
