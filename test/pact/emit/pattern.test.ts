import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleOf } from '../../../src/pact/emit/schema/pattern-example.ts'
import { escapePattern, portable } from '../../../src/pact/emit/schema/portable-pattern.ts'

const patterns: [pattern: RegExp, shortest: string, portable: string | undefined][] = [
  [/^abc$/, 'abc', '^abc$'],
  [/^[0-9a-f]{64}$/, '0'.repeat(64), '^[0-9a-f]{64}$'],
  [/^(cat|dog)s?$/, 'cat', '^(cat|dog)s?$'],
  [/^\d+\.\d{2}$/, '0.00', String.raw`^[0-9]+\.[0-9]{2}$`],
  [/^\W\D$/, ' a', '^[^A-Za-z0-9_][^0-9]$'],
  [/^[\w.-]+$/, 'a', '^[A-Za-z0-9_.-]+$'],
  [/^[^a]$/, 'A', '^[^a]$'],
  [/^.{3}$/, 'aaa', '^.{3}$'],
  [/^\p{Lu}$/u, 'A', String.raw`^\p{Lu}$`],
  [/^[[&]$/, '[', String.raw`^[\[\x26]$`],
  [/^\x41\u0042$/, 'AB', String.raw`^\x41\u0042$`],
  [/^(a)\1$/, 'aa', undefined],
  [/^(?=a)a$/, 'a', undefined],
  [/(?<!b)a/, 'a', undefined],
]

test.each(patterns)('%s', (pattern, shortest, expected) => {
  expect(exampleOf(pattern.source)).toBe(shortest)
  expect(pattern.test(shortest)).toBe(true)
  expect(portable(pattern.source, pattern.flags)).toBe(expected)
})

test('some tools match a text as a whole, so the pattern tells where the rest is', () => {
  expect(portable('^a')).toBe(String.raw`^a[\s\S]*$`)
  expect(portable('a$')).toBe(String.raw`^[\s\S]*a$`)
  expect(portable('a')).toBe(String.raw`^[\s\S]*a[\s\S]*$`)
  expect(portable('^a$|b')).toBe(String.raw`^[\s\S]*(?:^a$|b)[\s\S]*$`)
})

test('flags that matter are carried within the pattern', () => {
  expect(portable('^a$', 'gi')).toBe('(?i)^a$')
  expect(portable('^a.$', 'dsmy')).toBe('(?sm)^a.$')
})

test('an example is as long as it must be, if repetition can make it so', () => {
  expect(exampleOf('^[a-z]+$', 5)).toBe('aaaaa')
  expect(exampleOf('^x[a-z]{2,3}$', 9)).toBe('xaaa')
})

test('escaped text matches itself and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      const pattern = new RegExp(`^${escapePattern(text)}$`, 'u')
      return pattern.test(text) && (text === other || !pattern.test(other))
    }),
  )
})

test('what is portable means the same to JavaScript', () => {
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.string(), ([pattern, , other], text) => {
      return other === undefined || new RegExp(other, 'u').test(text) === pattern.test(text)
    }),
  )
})
