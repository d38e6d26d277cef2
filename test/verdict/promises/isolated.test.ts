import { describe, expect, test } from 'vitest'
import type { Sample } from '../../../src/load/sample.ts'
import type { ScenarioRecord } from '../../../src/record/record.ts'
import { isolated } from '../../../src/scenario/promise.ts'
import { against } from '../../../src/verdict/promises/against.ts'
import { judgePromise } from '../../../src/verdict/promises/judge-promise.ts'
import { article, interaction, login, responses, scenarioOf, sceneOf, tableOf, termsOf } from '../scenes.ts'

const terms = termsOf(interaction(), interaction({ id: 1, key: login }))

const before = (count: number, overrides: Partial<Sample> = {}) => responses(count, 0, 9_900, overrides)
const during = (count: number, overrides: Partial<Sample> = {}) => responses(count, 10_200, 19_000, overrides)

function judge(factor: number, sent: Partial<Sample>[][], scenario: Partial<ScenarioRecord> = {}) {
  const scene = sceneOf(scenarioOf(scenario), terms, tableOf(...sent.flat()))
  return judgePromise(isolated(article, { factor }), 'during', scene)
}

describe('isolated', () => {
  const usual = before(200, { took: 100 })

  test('allows the factor of what the p95 may have been before', () => {
    expect(judge(2, [usual, during(200, { took: 200 })])).toMatchObject({
      status: 'kept',
      observed: 200,
      violations: 0,
      unit: 'ms',
      reason:
        'p95 was 100 ms before the fault, 100 ms at most; during it, p95 was 200 ms; 0 of 200 responses (0.0 %) had no answer within 200 ms; the 95 % interval 0.0–1.8 % lies below the 5 % allowed',
    })
    expect(judge(2, [usual, during(200, { took: 201 })]).status).toBe('broken')
    expect(judge(3, [usual, during(200, { took: 201 })]).status).toBe('kept')
  })

  test('the bound is that of the interval: what may have been usual before is no slowness', () => {
    // 4 % were at 300 ms: the p95 was 100 ms, and may have been 300 ms.
    const mixed = [...before(192, { took: 100 }), ...before(8, { took: 300 })]
    expect(judge(1, [mixed, during(200, { took: 300 })]).status).toBe('kept')
    expect(judge(1, [mixed, during(200, { took: 301 })]).status).toBe('broken')
  })

  test('allows 25 ms more at least', () => {
    const quick = before(200, { took: 2 })
    expect(judge(2, [quick, during(200, { took: 27 })]).status).toBe('kept')
    expect(judge(2, [quick, during(200, { took: 27.1 })]).status).toBe('broken')
  })

  test('is decided like any quantile: a few may be late, and few responses decide nothing', () => {
    expect(judge(2, [usual, during(198), during(2, { took: 900 })]).status).toBe('kept')
    expect(judge(2, [usual, during(190), during(10, { took: 900 })]).status).toBe('undecided')
    expect(judge(2, [usual, during(30)]).status).toBe('undecided')
    expect(judge(2, [usual])).toMatchObject({ status: 'undecided', reason: 'no response to look at during the fault' })
  })

  test('an answer that does not come is late', () => {
    expect(judge(2, [usual, during(100), during(100, { error: 4, took: 1 })]).status).toBe('broken')
  })

  test('an answer that hangs until the fault goes is late, and is shown', () => {
    const hung = responses(180, 15_000, 19_750, {}).map((each) => ({ ...each, took: 20_050 - (each.sentAt ?? 0) }))
    const found = judge(2, [usual, during(180, { took: 100 }), hung])
    expect(found).toMatchObject({ status: 'broken', responses: 360, violations: 180 })
    const scene = sceneOf(scenarioOf(), terms, tableOf(...usual, { sentAt: 19_000, took: 1_050 }, { sentAt: 19_900 }))
    const isAgainst = against(isolated(article), 'during', scene)
    expect([200, 201].filter(isAgainst)).toEqual([200])
  })

  test('looks at its interaction alone', () => {
    const other = during(300, { interaction: 1, took: 5_000 })
    expect(judge(2, [usual, during(200), other])).toMatchObject({ status: 'kept', responses: 200 })
  })

  test('is undecided when too few came before to tell how late they may have been', () => {
    expect(judge(2, [before(71), during(200)])).toMatchObject({
      status: 'undecided',
      responses: 0,
      reason: '71 responses before the fault cannot tell how late its p95 may have been',
    })
    expect(judge(2, [before(72), during(200)]).status).toBe('kept')
    const looks = { before: [1, 2, 3], during: [1], after: [1] }
    expect(judge(2, [before(93), during(200)], { looks }).status).toBe('undecided')
    expect(judge(2, [before(94), during(200)], { looks }).status).toBe('kept')
    expect(judge(2, [before(200, { error: 4 }), during(200)]).status).toBe('undecided')
  })

  test('counts against it what is later than the bound, during the fault', () => {
    const samples = tableOf({ sentAt: 10_500, took: 190 }, { sentAt: 10_600, took: 300 }, ...before(200, { took: 100 }))
    const scene = sceneOf(scenarioOf(), terms, samples)
    const isAgainst = against(isolated(article), 'during', scene)
    expect(Array.from({ length: samples.length }, (_, index) => index).filter(isAgainst)).toEqual([201])
    const unknown = against(isolated(login), 'during', scene)
    expect([200, 201].filter(unknown)).toEqual([])
  })
})
