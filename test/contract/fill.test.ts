import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, RequestTemplate } from '../../src/contract/define.ts'
import { fillRequest, placeholders, prepareRequest } from '../../src/contract/fill.ts'
import { BrownoutError } from '../../src/core/errors.ts'

const request: RequestTemplate = {
  method: 'PUT',
  path: '/albums/{album}/pages/{page}',
  query: { q: 'by {author}', 'a b': 'ü' },
  headers: { 'X-Session': 'Bearer {session}' },
  body: { album: '{album}', title: 'Album "{album}"', flags: ['{draft}', null, 1.5], same: '{album}' },
}

test('the places of a request are found in path, query, headers and body, each once', () => {
  expect(placeholders(request)).toEqual(['album', 'page', 'author', 'session', 'draft'])
  expect(placeholders({ method: 'GET', path: '/{ id }/{}/{1}', body: '{ "a": 1 }' })).toEqual([])
})

test('values are encoded in path and query, raw in headers and typed in the body', () => {
  const filled = fillRequest(request, { album: 7, page: 'a/b ?', author: 'A&B', session: 'x=/y', draft: true })
  expect(filled).toEqual({
    method: 'PUT',
    path: '/albums/7/pages/a%2Fb%20%3F?q=by%20A%26B&a%20b=%C3%BC',
    headers: { 'x-session': 'Bearer x=/y', 'content-type': 'application/json' },
    body: '{"album":7,"title":"Album \\"7\\"","flags":[true,null,1.5],"same":7}',
  })
})

test('a content type of the request is kept; without a body there is none', () => {
  const patch = { method: 'PATCH', path: '/', headers: { 'Content-Type': 'application/merge-patch+json' }, body: {} }
  expect(fillRequest(patch, {}).headers).toEqual({ 'content-type': 'application/merge-patch+json' })
  expect(fillRequest({ method: 'GET', path: '/' }, {})).toEqual({ method: 'GET', path: '/', headers: {}, body: null })
  expect(fillRequest({ method: 'POST', path: '/', body: null }, {}).body).toBe('null')
})

test('half a character is replaced where a URL cannot hold it', () => {
  expect(fillRequest({ method: 'GET', path: '/{a}' }, { a: 'x\ud800' }).path).toBe('/x%EF%BF%BD')
})

test('a place without a value is named', () => {
  const fill = () => fillRequest({ method: 'GET', path: '/albums/{album}' }, {})
  expect(fill).toThrow(BrownoutError)
  expect(fill).toThrow('Failed to fill "GET /albums/{album}": there is no value for {album}.')
  expect(() => fillRequest({ method: 'GET', path: '/{toString}' }, {})).toThrow('no value for {toString}')
})

const name = fc.stringMatching(/^[A-Za-z_][\w-]{0,8}$/)
const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean())

test('property: whatever the value, it arrives where it was put', () => {
  fc.assert(
    fc.property(name, value, (place, sent) => {
      const template = {
        method: 'POST',
        path: `/x/{${place}}`,
        query: { q: `{${place}}!` },
        headers: { h: `{${place}}` },
        body: { whole: `{${place}}`, part: `<{${place}}>` },
      }
      expect(placeholders(template)).toEqual([place])
      const filled = fillRequest(template, { [place]: sent })
      const url = new URL(filled.path.replace('/x/', '/x/-'), 'http://localhost')
      expect(decodeURIComponent(url.pathname)).toBe(`/x/-${String(sent).toWellFormed()}`)
      expect(url.searchParams.get('q')).toBe(`${String(sent).toWellFormed()}!`)
      expect(filled.headers['h']).toBe(String(sent))
      expect(JSON.parse(filled.body ?? '')).toEqual({ whole: sent, part: `<${String(sent)}>` })
    }),
  )
})

test('property: a body without places is plain JSON, and a prepared request can be filled again and again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      fc.pre(placeholders({ method: 'POST', path: '/', body: json as Json }).length === 0)
      const fill = prepareRequest({ method: 'POST', path: '/', body: json as Json })
      expect(fill({}).body).toBe(JSON.stringify(json))
      expect(fill({})).toEqual(fill({}))
    }),
  )
})
