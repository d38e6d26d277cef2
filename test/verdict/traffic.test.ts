import { describe, expect, test } from 'vitest'
import { edgesMeant, trafficOn, windowAround, windowUntil, windowWithin } from '../../src/verdict/traffic.ts'
import { faultOf, tapsOf, times } from './scenes.ts'

const edge = 'auth → redis'

describe('traffic between two readings', () => {
  const taps = tapsOf({
    [edge]: [
      { turns: 3, connections: 2, open: 2 },
      { turns: 10, connections: 5, open: 1, endedByConsumer: 4 },
    ],
  })

  test('is what the counts grew by; and what was open at the first', () => {
    const window = windowUntil(taps, times.asked)
    expect(window && trafficOn(edge, window)).toEqual({
      edge,
      turns: 7,
      endedByConsumer: 4,
      endedByProvider: 0,
      openAtFirst: 2,
    })
  })

  test('of an edge that was not read is none, and of a tap that began anew is none', () => {
    const window = windowUntil(taps, times.asked)
    expect(window && trafficOn('a → b', window)).toMatchObject({ turns: 0, openAtFirst: 0 })
    const anew = windowWithin(
      [...taps.slice(1, 3), ...taps.slice(0, 1)].map((reading, at) => ({ ...reading, at })),
      0,
      9,
    )
    expect(anew && trafficOn(edge, anew)).toMatchObject({ turns: 0, endedByConsumer: 0 })
  })

  test('is told by time, whichever fault a reading was taken for', () => {
    const second = [11_000, 11_400, 15_000, 15_200].map((at) => ({ at, label: 'asked', edges: {} }))
    const read = [...taps.slice(0, 3), ...second, ...taps.slice(3)]
    const ends = (window: ReturnType<typeof windowUntil>) => window && [window.from.at, window.to.at]
    expect(ends(windowUntil(read, 11_050))).toEqual([0, 11_000])
    expect(ends(windowWithin(read, 11_300, 15_000))).toEqual([11_400, 15_000])
    expect(ends(windowWithin(read, times.inForce, times.undoAsked))).toEqual([times.inForce, times.undoAsked])
    expect(ends(windowAround(read, faultOf(undefined, { asked: 11_050, undoAsked: 15_100 })))).toEqual([11_000, 15_000])
  })

  test('there is none without a reading at either end', () => {
    expect(windowUntil([], 10)).toBeNull()
    expect(windowUntil(taps.slice(0, 1), times.asked)).toBeNull()
    expect(windowUntil(taps, null)).toBeNull()
    expect(windowWithin(taps, null, times.undoAsked)).toBeNull()
    expect(windowWithin(taps, times.inForce + 1, times.undoAsked - 1)).toBeNull()
    expect(windowAround(taps, faultOf(undefined, { undoAsked: null }))).toBeNull()
  })
})

test('an edge is meant by its own name, by those of its services, or by its provider alone', () => {
  const ids = ['balancer → storefront#1', 'balancer → storefront#2', 'tests → storefront#1', 'storefront → comments']
  const taps = tapsOf(Object.fromEntries(ids.map((id) => [id, [{}]])))
  expect(edgesMeant('balancer → storefront#2', taps)).toEqual(['balancer → storefront#2'])
  expect(edgesMeant('balancer -> storefront', taps)).toEqual(['balancer → storefront#1', 'balancer → storefront#2'])
  expect(edgesMeant('storefront#1', taps)).toEqual(['balancer → storefront#1', 'tests → storefront#1'])
  expect(edgesMeant('comments → storefront', taps)).toEqual([])
})
