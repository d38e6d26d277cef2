import { expect, test } from 'vitest'
import { defineContract } from '../../src/contract/define.ts'
import { reduced, refused, unaffected } from '../../src/contract/stance.ts'
import { actualRequest } from '../../src/mock/actual.ts'
import { situationFrom } from '../../src/mock/control.ts'
import { createMock, type Mock } from '../../src/mock/mock.ts'
import { emitPacts } from '../../src/pact/emit/emit-contracts.ts'
import type { Pact } from '../../src/pact/model.ts'
import { half, interaction, pactOf } from './pacts.ts'

function mockOf(...pacts: Pact[]): Mock {
  const { mock, problems } = createMock(pacts.map((pact, index) => ({ file: `${index}.json`, pact })))
  expect(problems).toEqual([])
  return mock
}

/** The half that answers `GET /articles/1` under these conditions. */
function answers(mock: Mock, conditions: string[] = [], state: string | null = null): string | undefined {
  const actual = actualRequest({ method: 'GET', target: '/articles/1', headers: {}, body: null })
  const found = mock.find(actual, situationFrom(mock, conditions, state))
  return 'stub' in found ? found.stub.half : undefined
}

const brokenState = (dependency: string, condition: string, consumer?: string) => ({
  name: `${dependency} is ${condition}`,
  params: { dependency, condition, ...(consumer === undefined ? {} : { consumer }) },
})

test('a condition has its half answer, and each other condition the normal one', () => {
  const mock = mockOf(pactOf(interaction('read'), half('read', 'comments: slow'), half('list', 'redis: slow')))
  expect(answers(mock)).toBe('read')
  expect(answers(mock, ['comments: slow'])).toBe('read (comments: slow)')
})

test('an interaction that does not speak of a condition answers as ever', () => {
  const other = half('other', 'redis: slow')
  const mock = mockOf(pactOf(interaction('read'), { ...other, request: { ...other.request, path: '/other' } }))
  expect(answers(mock, ['redis: slow'])).toBe('read')
})

test('of pacts of others the last provider state says the condition, and the description the name', () => {
  const given = { name: 'article 1 exists', params: {} }
  const degraded = interaction('read (comments is unavailable)', {
    states: [given, brokenState('comments', 'unavailable')],
  })
  const mock = mockOf(pactOf(interaction('read', { states: [given] }), degraded))
  expect(mock.stubs.map(({ interaction: name, states }) => [name, states])).toEqual([
    ['read', [given]],
    ['read', [given]],
  ])
  expect(answers(mock, ['comments: unavailable'])).toBe('read (comments is unavailable)')
})

test.for([
  [['redis: slow'], 'read (redis: slow)'],
  [['auth → redis: slow'], 'read (auth → redis: slow)'],
  [['auth -> redis: slow'], 'read (auth → redis: slow)'],
  [['catalog → redis: slow'], 'read (redis: slow)'],
  [['auth → redis: failing'], 'read (auth → redis: failing)'],
  // Who breaks it for all breaks it for auth.
  [['redis: failing'], 'read (auth → redis: failing)'],
] as const)('an edge beats its dependency: %j', ([conditions, expected]) => {
  const halves = ['redis: slow', 'auth → redis: slow', 'auth → redis: failing'].map((line) => half('read', line))
  expect(answers(mockOf(pactOf(interaction('read'), ...halves)), [...conditions])).toBe(expected)
})

test('where several things are broken the gravest stance holds, then what was named first', () => {
  const mock = mockOf(
    pactOf(
      interaction('read'),
      half('read', 'a: slow', 'unaffected'),
      half('read', 'b: slow'),
      half('read', 'c: slow'),
      half('read', 'd: slow', 'refused'),
    ),
  )
  expect(answers(mock, ['a: slow', 'c: slow', 'b: slow'])).toBe('read (c: slow)')
  expect(answers(mock, ['a: slow', 'b: slow', 'd: slow'])).toBe('read (d: slow)')
})

test('the stances of a contract resolve as docs/contracts.md says', () => {
  const contract = defineContract({
    consumer: 'storefront',
    provider: 'comments',
    otherwise: refused(),
    interactions: {
      read: {
        request: { method: 'GET', path: '/articles/1' },
        response: {},
        degraded: {
          'auth → redis: slow': reduced({ status: 206 }),
          'auth → redis: *': reduced({ status: 203 }),
          'redis: slow': unaffected(),
        },
      },
    },
  })
  const mock = mockOf(...emitPacts([{ file: 'a.contract.ts', contract }], { whole: true }).map(({ pact }) => pact))
  const status = (condition: string) => {
    const actual = actualRequest({ method: 'GET', target: '/articles/1', headers: {}, body: null })
    const found = mock.find(actual, situationFrom(mock, [condition], null))
    return 'stub' in found ? found.stub.response.status : found
  }
  expect(status('auth → redis: slow')).toBe(206)
  expect(status('auth → redis: failing')).toBe(203)
  expect(status('redis: slow')).toBe(200)
  expect(status('catalog → redis: slow')).toBe(200)
  expect(status('catalog → redis: failing')).toBe(503)
})

test.for([
  ['redis', 'it is no condition', 'A condition is unavailable, slow'],
  ['comments: *', 'it is no condition', 'comments: unavailable'],
  ['comment: slow', 'no interaction says', 'did you mean "comments: slow"?'],
] as const)('"%s" is refused: %s', ([text, why, hint]) => {
  const mock = mockOf(pactOf(interaction('read'), half('read', 'comments: slow')))
  expect(() => answers(mock, [text])).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_CONDITION',
      message: expect.stringContaining(why),
      hint: expect.stringContaining(hint),
    }),
  )
})
