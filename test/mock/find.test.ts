import { expect, test } from 'vitest'
import { actualRequest } from '../../src/mock/actual.ts'
import { situationFrom } from '../../src/mock/control.ts'
import { explanationText } from '../../src/mock/explain.ts'
import { createMock, fairWeather, type Mock } from '../../src/mock/mock.ts'
import type { Pact } from '../../src/pact/model.ts'
import { half, interaction, pactOf, request, response } from './pacts.ts'

function mockOf(pact: Pact): Mock {
  const { mock, problems } = createMock([{ file: 'a.json', pact }])
  expect(problems).toEqual([])
  return mock
}

function ask(target: string, body: string | null = null, method = 'GET') {
  return actualRequest({ method, target, headers: { 'content-type': 'application/json' }, body })
}

const json = (value: object) => ({ kind: 'json', value, contentType: 'application/json' }) as never
const anyPath = { path: { combine: 'AND', matchers: [{ match: 'regex', regex: '^/articles/[^/]+$' }] } } as const
const noRules = { path: null, query: [], headers: [], body: [] } as const

test('what is exact beats what leaves something open, whichever comes first', () => {
  const mock = mockOf(
    pactOf(interaction('any', { request: request({ rules: { ...noRules, ...anyPath } }) }), interaction('the first')),
  )
  expect(mock.find(ask('/articles/1'), fairWeather)).toMatchObject({ stub: { half: 'the first' } })
  expect(mock.find(ask('/articles/2'), fairWeather)).toMatchObject({ stub: { half: 'any' } })
})

test.for([
  ['^/articles/[^/]+$', String.raw`^/[^/]+/\d+$`],
  [String.raw`/articles/\d+`, '.*'],
  ['/articles/[0-9]{1,20}', '/[articles]{1,20}/[0-9]+'],
  [String.raw`^\/articles\/(?:\d|x)$`, '^(/[a-z]+){1}/1$'],
] as const)('what says more of the path beats what says less: %s, not %s', ([more, less]) => {
  const at = (regex: string) =>
    interaction(regex, {
      request: request({ rules: { ...noRules, path: { combine: 'AND', matchers: [{ match: 'regex', regex }] } } }),
    })
  for (const pact of [pactOf(at(more), at(less)), pactOf(at(less), at(more))])
    expect(mockOf(pact).find(ask('/articles/1'), fairWeather)).toMatchObject({ stub: { half: more } })
})

test('what demands more beats what demands less', () => {
  const typed = request({ headers: { 'content-type': ['application/json'] } })
  const mock = mockOf(pactOf(interaction('any client'), interaction('JSON', { request: typed })))
  expect(mock.find(ask('/articles/1'), fairWeather)).toMatchObject({ stub: { half: 'JSON' } })
})

test('a chosen state is preferred; else the first one answers', () => {
  const inState = (name: string) => interaction(name, { states: [{ name, params: {} }] })
  const mock = mockOf(pactOf(inState('it waits'), inState('it is gone')))
  expect(mock.states).toEqual(['it waits', 'it is gone'])
  expect(mock.find(ask('/articles/1'), fairWeather)).toMatchObject({ stub: { half: 'it waits' } })
  const gone = situationFrom(mock, [], 'it is gone')
  expect(mock.find(ask('/articles/1'), gone)).toMatchObject({ stub: { half: 'it is gone' } })
  expect(() => situationFrom(mock, [], 'it is gon')).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_STATE', hint: 'did you mean "it is gone"?' }),
  )
})

test('what others say of the condition in force beats what is more specific, whatever its name', () => {
  const typed = request({ headers: { 'content-type': ['application/json'] } })
  const slow = { name: 'comments are slow', params: { dependency: 'comments', condition: 'slow' } }
  const mock = mockOf(pactOf(interaction('JSON', { request: typed }), interaction('late', { states: [slow] })))
  expect(mock.find(ask('/articles/1'), fairWeather)).toMatchObject({ stub: { half: 'JSON' } })
  const situation = situationFrom(mock, ['comments: slow'], null)
  expect(mock.find(ask('/articles/1'), situation)).toMatchObject({ stub: { half: 'late' } })
})

test('in a contract the interaction comes first, and then its half', () => {
  const anything = {
    ...half('anything', 'redis: slow', 'unaffected'),
    request: request({ rules: { ...noRules, ...anyPath } }),
  }
  const mock = mockOf(pactOf(interaction('read'), anything))
  const situation = situationFrom(mock, ['redis: slow'], null)
  expect(mock.find(ask('/articles/1'), situation)).toMatchObject({ stub: { half: 'read' } })
  expect(mock.find(ask('/articles/2'), situation)).toMatchObject({ stub: { half: 'anything (redis: slow)' } })
})

test.for([
  ['an unexpected parameter', '/articles/1?draft=1', '{"a":1}', 'query draft'],
  ['an unexpected key', '/articles/1', '{"a":1,"b":2}', 'body $'],
  ['a missing key', '/articles/1', '{}', 'body $.a'],
  ['another path', '/articles/1/', '{"a":1}', 'path'],
] as const)('a request is matched strictly: %s', ([, target, body, place]) => {
  const mock = mockOf(pactOf(interaction('save', { request: request({ method: 'PUT', body: json({ a: 1 }) }) })))
  const found = mock.find(ask(target, body, 'put'), fairWeather)
  const mismatches = [expect.objectContaining({ place: expect.stringContaining(place) })]
  const mismatch = { request: `PUT ${target.split('?')[0]}`, nearest: { interaction: 'save', mismatches } }
  expect(found).toEqual({ explanation: mismatch })
})

test('what is nearest shares the path first, then the method, then the rest', () => {
  const mock = mockOf(
    pactOf(
      interaction('another path', { request: request({ path: '/articles' }) }),
      interaction('another method', { request: request({ method: 'DELETE' }) }),
      interaction('another query', { request: request({ query: { a: ['1'], b: ['2'] } }) }),
    ),
  )
  const found = mock.find(ask('/articles/1'), fairWeather)
  if (!('explanation' in found)) throw new Error('it matched')
  expect(explanationText(found.explanation).split('\n')).toEqual([
    'Nothing answers GET /articles/1. Nearest is "another query":',
    expect.stringMatching(/^ {2}query a: /),
    expect.stringMatching(/^ {2}query b: /),
  ])
})

test('of other paths the one that begins alike is nearest, whatever else is wrong', () => {
  const at = (path: string, headers = {}) => interaction(path, { request: request({ path, headers }) })
  const mock = mockOf(pactOf(at('/login'), at('/articles/1/comments', { accept: ['text/plain'] }), at('/albums')))
  const nearest = { interaction: '/articles/1/comments' }
  expect(mock.find(ask('/articles/1/comment'), fairWeather)).toMatchObject({ explanation: { nearest } })
})

test('what only a plugin can check never passes, and is told', () => {
  const path = { combine: 'AND', matchers: [{ match: 'unknown', name: 'semver-range' }] } as const
  const mock = mockOf(pactOf(interaction('any', { request: request({ rules: { ...noRules, path } }) })))
  expect(mock.find(ask('/articles/1'), fairWeather)).toMatchObject({
    explanation: { nearest: { mismatches: [{ place: 'path', uncheckable: true }] } },
  })
})

test('two that cannot be told apart are told, all at once; two that answer alike are not', () => {
  const pact = pactOf(
    interaction('first'),
    interaction('second'),
    interaction('alike', { response: response('first') }),
    interaction('in a state', { states: [{ name: 'a state', params: {} }] }),
    half('first', 'redis: slow'),
    half('second', 'redis: slow'),
    half('fourth', 'redis: failing'),
    half('fifth', 'redis: failing'),
  )
  const foreign = { ...pactOf(interaction('third')), consumer: 'app' }
  const { problems } = createMock([
    { file: 'a.json', pact },
    { file: 'b.json', pact: foreign },
  ])
  expect(problems.map(({ file, path, hint }) => [file, path[1], hint])).toEqual([
    ['a.json', 'second', 'Tell them apart by provider states.'],
    ['b.json', 'third', 'Mock them one by one.'],
    ['a.json', 'fifth (redis: failing)', 'Tell them apart by provider states.'],
  ])
  expect(problems[0]?.message).toContain('cannot be told apart from "first" of storefront → comments in a.json')
})

test('a pact of messages alone is one that nothing is answered from', () => {
  const message = { contents: { kind: 'empty' }, metadata: {}, rules: { metadata: [], contents: [] }, generators: {} }
  const told = { kind: 'message', description: 'm', states: [], pending: false, comments: {}, message } as const
  const { problems } = createMock([{ file: 'a.json', pact: pactOf(told as never) }])
  expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining('messages are not served') })])
})

test('ten thousand interactions: one that is there is found, and one that is not is explained', () => {
  const many = Array.from({ length: 10_000 }, (_, id) =>
    interaction(`${id}`, { request: request({ path: `/a/${id}` }) }),
  )
  const mock = mockOf(pactOf(...many))
  expect(mock.find(ask('/a/9999'), fairWeather)).toMatchObject({ stub: { half: '9999' } })
  expect(mock.find(ask('/a/x'), fairWeather)).toHaveProperty('explanation')
})
