import { describe, expect, test } from 'vitest'
import { edgesMeant, trafficOn, windowBetween } from '../../src/verdict/traffic.ts'
import { tapsOf } from './scenes.ts'

const edge = 'auth → redis'

describe('traffic between two readings', () => {
  const taps = tapsOf({
    [edge]: [
      { turns: 3, connections: 2, open: 2 },
      { turns: 10, connections: 5, open: 1, endedByConsumer: 4 },
    ],
  })

  test('is what the counts grew by; and what was open at the first', () => {
    const window = windowBetween(taps, 'start', 'asked')
    expect(window && trafficOn(edge, window)).toEqual({
      edge,
      turns: 7,
      endedByConsumer: 4,
      endedByProvider: 0,
      openAtFirst: 2,
    })
  })

  test('of an edge that was not read is none, and of a tap that began anew is none', () => {
    const window = windowBetween(taps, 'start', 'asked')
    expect(window && trafficOn('a → b', window)).toMatchObject({ turns: 0, openAtFirst: 0 })
    const backwards = windowBetween(taps, 'asked', 'start')
    expect(backwards && trafficOn(edge, backwards)).toMatchObject({ turns: 0, endedByConsumer: 0 })
  })

  test('goes from the first reading of a name to the last of the other; without one there is no window', () => {
    const twice = [...taps, ...taps.map((reading) => ({ ...reading, at: reading.at + 100_000 }))]
    const window = windowBetween(twice, 'asked', 'inForce')
    expect([window?.from.at, window?.to.at]).toEqual([10_000, 110_100])
    expect(windowBetween(taps, 'asked', 'nowhere')).toBeNull()
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
