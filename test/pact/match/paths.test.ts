import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPath, parsePath, type PathStep } from '../../../src/pact/path.ts'

test.each([
  ['$', []],
  ['$.a.b', [{ field: 'a' }, { field: 'b' }]],
  ['a.b', [{ field: 'a' }, { field: 'b' }]],
  ['$.user_id.user-id', [{ field: 'user_id' }, { field: 'user-id' }]],
  ['$.urn:ns:foo.@id.#text', [{ field: 'urn:ns:foo' }, { field: '@id' }, { field: '#text' }]],
  ['$.größe.0', [{ field: 'größe' }, { field: '0' }]],
  ["$['odd key']['a.b[0]']", [{ field: 'odd key' }, { field: 'a.b[0]' }]],
  ['$["a"]', [{ field: 'a' }]],
  [
    String.raw`$['it\'s']['back\\slash']['C:\dir']`,
    [{ field: "it's" }, { field: String.raw`back\slash` }, { field: String.raw`C:\dir` }],
  ],
  ['$.a[0][12].b', [{ field: 'a' }, { index: 0 }, { index: 12 }, { field: 'b' }]],
  ['$[*].*.a[*]', ['[*]', '*', { field: 'a' }, '[*]']],
] as [string, PathStep[]][])('%s', (path, steps) => {
  expect(parsePath(path)).toEqual(steps)
})

test.each(['$.', '$a', '$..a', '$.a.', '$[', '$[]', '$[a]', '$[-1]', "$['a", "$['a'", '$.a[', '$.a]', "$.a'b"])(
  '%s is no path',
  (path) => {
    expect(parsePath(path)).toBeUndefined()
  },
)

test('property: what is written is read again', () => {
  const step = fc.oneof(
    fc.record({ field: fc.string() }),
    fc.record({ index: fc.nat() }),
    fc.constantFrom<PathStep>('*', '[*]'),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      expect(parsePath(formatPath(steps))).toEqual(steps)
    }),
  )
})
