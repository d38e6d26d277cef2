import type { RequestTemplate, Row as Values } from '../../../src/contract/define.ts'
import type { Received } from '../../load/rough-server.ts'
import { whole } from '../../load/rough-server.ts'
import { type Row, row } from './row.ts'

/** A request, the values that fill it in turn, and what the server is to get. */
function sends(
  name: string,
  { values = [{}], ...request }: Partial<RequestTemplate> & { values?: readonly Values[] },
  sent: readonly Partial<Received>[],
  differs: Row['differs'] = {},
) {
  return row(
    `sends ${name}`,
    (socket, { method }) =>
      socket.write(method === 'HEAD' ? 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n' : whole('')),
    {
      interaction: { request: { method: 'GET', path: '/', ...request }, rows: values, response: {} },
      expected: { sent },
      differs,
    },
  )
}

const typed = { 'content-type': 'application/json' }

/** Requests as the contract has them, filled from the rows in turn. */
export const requests = [
  sends('rows in turn', { path: '/articles/{id}', values: [{ id: 1 }, { id: 2 }] }, [
    { method: 'GET', path: '/articles/1', body: '' },
    { path: '/articles/2' },
    { path: '/articles/1' },
  ]),
  sends('a query', { query: { page: '{page}', 'a b': 'fixed & ü' }, values: [{ page: 'x=1&y/?#+é' }] }, [
    { path: '/?page=x%3D1%26y%2F%3F%23%2B%C3%A9&a%20b=fixed%20%26%20%C3%BC' },
  ]),
  sends('Unicode in the path', { path: '/tags/{tag}', values: [{ tag: '日本/☃ "%"' }] }, [
    { path: '/tags/%E6%97%A5%E6%9C%AC%2F%E2%98%83%20%22%25%22' },
  ]),
  sends('a path as it is written', { path: "/a//b/../c/./%2e%2F%41%c3%bc;v=1,2:@$&'()*+!~-._[]" }, [
    { path: "/a//b/../c/./%2e%2F%41%c3%bc;v=1,2:@$&'()*+!~-._[]" },
  ]),
  sends('characters that no URL has', { path: '/a%2Fb|^`\\<>"' }, [{ path: '/a%2Fb|^`\\<>"' }], {
    k6: { sent: [{ path: '/a%2Fb%7C%5E%60%5C%3C%3E%22' }], reason: 'Go sends URLs alone' },
  }),
  sends('a path that ends with a slash', { path: '/a/' }, [{ path: '/a/' }]),
  sends('headers', { headers: { 'X-Tenant': 't-{tenant}', accept: 'text/plain' }, values: [{ tenant: 7 }] }, [
    { headers: { 'x-tenant': 't-7', accept: 'text/plain' } },
  ]),
  // The server reads Latin-1, as RFC 9110 has it.
  sends(
    'a header beyond ASCII',
    { headers: { 'x-name': '{name}' }, values: [{ name: 'grüße' }] },
    [{ headers: { 'x-name': 'grüße' } }],
    { k6: { sent: [{ headers: { 'x-name': 'grÃ¼Ã\u009fe' } }], reason: 'Go sends UTF-8' } },
  ),
  sends('another user agent, and no other encoding', { headers: { 'User-Agent': 'me', 'Accept-Encoding': 'gzip' } }, [
    { headers: { 'user-agent': 'me', 'accept-encoding': 'identity' } },
  ]),
  sends('no cookie but the contract’s', { headers: { cookie: 'session=1' } }, [{ headers: { cookie: 'session=1' } }]),
  sends(
    'JSON',
    {
      method: 'POST',
      body: { id: '{id}', text: 'so "{text}"', list: [1, null, true] },
      values: [{ id: 7, text: 'grüße\n日本 👋' }],
    },
    [{ method: 'POST', headers: typed, body: '{"id":7,"text":"so \\"grüße\\n日本 👋\\"","list":[1,null,true]}' }],
  ),
  sends(
    'JSON of another type',
    { method: 'POST', headers: { 'content-type': 'application/merge-patch+json' }, body: [] },
    [{ headers: { 'content-type': 'application/merge-patch+json' }, body: '[]' }],
  ),
  sends('a body of 300 kB', { method: 'PUT', body: '{long}', values: [{ long: 'ü'.repeat(150_000) }] }, [
    { method: 'PUT', body: JSON.stringify('ü'.repeat(150_000)) },
  ]),
  ...['PUT', 'PATCH', 'DELETE'].map((method) =>
    sends(`${method} with a body`, { method, body: { n: 1 } }, [{ method, headers: typed, body: '{"n":1}' }]),
  ),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].map((method) =>
    sends(`${method} without a body`, { method }, [{ method, body: '' }]),
  ),
]
