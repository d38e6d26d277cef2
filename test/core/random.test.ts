import { expect, test } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'

const draws = (seed: number, label: string, count = 8) => {
  const random = seededRandom(seed, label)
  return Array.from({ length: count }, () => random.next())
}

test('the same seed and label give the same draws, today and on every machine', () => {
  expect(draws(42, 'arrivals')).toEqual(draws(42, 'arrivals'))
  const random = seededRandom(42, 'arrivals')
  expect(Array.from({ length: 8 }, () => random.below(1_000))).toEqual([185, 872, 354, 540, 728, 123, 661, 518])
})

test('another seed or another label is another stream', () => {
  expect(draws(43, 'arrivals')).not.toEqual(draws(42, 'arrivals'))
  expect(draws(42, 'arrival')).not.toEqual(draws(42, 'arrivals'))
  expect(draws(-1, '')).not.toEqual(draws(1, ''))
})

test('labels that differ little begin far apart', () => {
  const first = Array.from({ length: 200 }, (_, index) => seededRandom(1, `redis#${index}`).next())
  // Near to uniform: each tenth of [0, 1) has its share of the first draws, give or take what 200 draws allow.
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = first.filter((value) => Math.floor(value * 10) === tenth).length
    expect(share).toBeGreaterThan(5)
    expect(share).toBeLessThan(40)
  }
})

test('next() lies in [0, 1) and is spread over all of it', () => {
  const numbers = draws(7, 'spread', 10_000)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const tenths = Map.groupBy(numbers, (number) => Math.floor(number * 10))
  expect([...tenths.values()].map((tenth) => tenth.length).filter((length) => length < 800 || length > 1_200)).toEqual(
    [],
  )
  expect(tenths.size).toBe(10)
})

test('below() draws every whole number below its bound and no other', () => {
  const random = seededRandom(7, 'below')
  const drawn = new Set(Array.from({ length: 200 }, () => random.below(5)))
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
  expect(random.below(1)).toBe(0)
})
