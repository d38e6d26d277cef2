import type { EdgeName } from '../../../src/contract/register.ts'
import { describe, expect, test } from 'vitest'
import { amplification } from '../../../src/scenario/promise.ts'
import type { TapSnapshot } from '../../../src/tap/counts.ts'
import { judgePromise } from '../../../src/verdict/promises/judge-promise.ts'
import { edge, mayBeReduced, responses, scenarioOf, sceneOf, tableOf, tapsOf } from '../scenes.ts'

/** Turns at each reading: start, asked, inForce, undoAsked. */
const turns = (...counts: number[]) => counts.map((each) => ({ turns: each }))

function judge(taps: TapSnapshot[], { before = 400, during = 400, on = edge } = {}) {
  const sent = [...responses(before, 1, 9_900), ...responses(during, 10_101, 19_999)]
  const scene = sceneOf(scenarioOf({ taps }), mayBeReduced, tableOf(...sent))
  return judgePromise(amplification(on as EdgeName).atMost(2), 'during', scene)
}

describe('amplification', () => {
  test('compares requests per response during the fault with those before it', () => {
    expect(judge(tapsOf({ [edge]: turns(1_000, 1_400, 1_450, 2_050) }))).toEqual({
      status: 'kept',
      reason: '1.50 requests per response during the fault and 1.00 before it: 1.50 times as many, where 2 is allowed',
      responses: 400,
      violations: null,
      observed: 1.5,
      interval: null,
      unit: 'factor',
    })
    expect(judge(tapsOf({ [edge]: turns(0, 200, 200, 1_001) }))).toMatchObject({
      status: 'broken',
      observed: 801 / 200,
    })
    expect(judge(tapsOf({ [edge]: turns(0, 200, 200, 600) }))).toMatchObject({ status: 'kept', observed: 2 })
  })

  test('of fewer responses during the fault as well', () => {
    expect(judge(tapsOf({ [edge]: turns(0, 400, 400, 600) }), { during: 200 }).observed).toBe(1)
  })

  test('adds the instances of a provider up, and names one of them, or all edges into it', () => {
    const taps = tapsOf({
      'balancer → storefront#1': turns(0, 100, 100, 600),
      'balancer → storefront#2': turns(0, 300, 300, 400),
      'browser → storefront#2': turns(0, 400, 400, 2_000),
    })
    expect(judge(taps, { on: 'balancer -> storefront' }).observed).toBe(1.5)
    expect(judge(taps, { on: 'balancer → storefront#1' }).observed).toBe(5)
    expect(judge(taps, { on: 'storefront' }).observed).toBe(2_200 / 800)
  })

  test.each([
    [
      'few responses before',
      turns(0, 400, 400, 800),
      { before: 199 },
      'only 199 responses on one side of it; 200 are needed',
    ],
    [
      'few responses during',
      turns(0, 400, 400, 800),
      { during: 150 },
      'only 150 responses on one side of it; 200 are needed',
    ],
    ['an edge that was idle', turns(5, 5, 5, 800), {}, `nothing crossed "${edge}" before the fault`],
    ['an edge without a tap', turns(0, 400), { on: 'a → b' }, 'no tap was read on "a → b" before and during the fault'],
  ])('undecided with %s', (_, counts, given, reason) => {
    expect(judge(tapsOf({ [edge]: counts }), given)).toMatchObject({ status: 'undecided', reason, observed: null })
  })

  test('undecided when a reading is missing', () => {
    const taps = tapsOf({ [edge]: turns(0, 400, 400, 800) }).filter(({ label }) => label !== 'undoAsked')
    expect(judge(taps).status).toBe('undecided')
  })
})
