import { describe, expect, test } from 'vitest'
import { portOf, startServer, tryDial } from '../toxiproxy/harness.ts'
import { bothToxiproxies } from './toxiproxies.ts'

describe.each(bothToxiproxies())('%s', (server, start) => {
  const edge = { name: 'edge', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' }

  test('the version is told in the one way that the tests of clients insist on', async () => {
    const { api } = await start()
    const { status, headers, text } = await api('GET', '/version')
    expect({ status, text }).toEqual({
      status: 200,
      text: expect.stringMatching(/^{"version": "(git|\d+\.\d+\.\d+)"}\n$/),
    })
    expect(headers.get('content-type')).toBe('application/json;charset=utf-8')
  })

  test('every handled request has an id of its own', async () => {
    const { api } = await start()
    const ids = await Promise.all(
      [1, 2].map(async () => (await api('GET', '/version')).headers.get('X-Toxiproxy-Request-Id')),
    )
    expect(ids[0]).toMatch(/./)
    expect(ids[0]).not.toBe(ids[1])
  })

  test('browsers are not let in', async () => {
    const { api } = await start()
    const { status, text } = await api('GET', '/proxies', undefined, { 'user-agent': 'Mozilla/5.0 (X11)' })
    expect({ status, text }).toEqual({ status: 403, text: 'User agent not allowed\n' })
  })

  test.each([
    ['GET', '/nothing'],
    ['GET', '/'],
    ['GET', '/proxies/'],
    ['GET', '/version/'],
    ['GET', '/metrics'],
    ['GET', '/proxies/edge/toxics/'],
  ])('%s %s is no page', async (method, path) => {
    const { api } = await start()
    const { status, text, headers } = await api(method, path)
    expect({ status, text }).toEqual({ status: 404, text: '404 page not found\n' })
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  })

  test.each([
    ['POST', '/version'],
    ['PUT', '/proxies'],
    ['DELETE', '/reset'],
    ['GET', '/populate'],
    ['PUT', '/proxies/edge'],
    ['DELETE', '/proxies/edge/toxics'],
    ['PUT', '/proxies/edge/toxics/slow'],
  ])('%s %s is no method of it', async (method, path) => {
    const { api } = await start()
    const { status, text } = await api(method, path, method === 'GET' ? undefined : '{}')
    expect({ status, text }).toEqual({ status: 405, text: '' })
  })

  test('a proxy lives from POST to DELETE', async () => {
    const { api, ok } = await start()
    const created = await api('POST', '/proxies', edge)
    expect(created.status).toBe(201)
    expect(created.headers.get('content-type')).toBe('application/json')
    const shown = JSON.parse(created.text)
    expect(shown).toEqual({
      ...edge,
      listen: expect.stringMatching(/^127\.0\.0\.1:[1-9]/),
      enabled: true,
      toxics: [],
      ...(server === 'toxiproxy-server' ? { Logger: {} } : {}),
    })

    expect(await ok('GET', '/proxies')).toEqual({ edge: shown })
    expect(await ok('GET', '/proxies?x=1')).toEqual({ edge: shown })
    expect(await ok('GET', '/proxies/edge')).toEqual(shown)
    const { status, text } = await api('DELETE', '/proxies/edge')
    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await ok('GET', '/proxies')).toEqual({})
    expect(await tryDial(portOf(shown.listen))).toBe('ECONNREFUSED')
  })

  test('proxies are listed by name', async () => {
    const { ok, proxy } = await start()
    for (const name of ['b', 'c', 'a']) await proxy(9, name)
    expect(Object.keys(await ok('GET', '/proxies'))).toEqual(['a', 'b', 'c'])
  })

  test('a name is looked up when the proxy listens, and kept as written while it does not', async () => {
    const { ok } = await start()
    const { listen } = await ok('POST', '/proxies', { ...edge, listen: 'localhost:0', enabled: false })
    expect(listen).toBe('localhost:0')
    expect((await ok('PATCH', '/proxies/edge', { enabled: true })).listen).toMatch(/^127\.0\.0\.1:[1-9]/)
  })

  test('fields are read as Go reads them: any case, null and unknown ones count for nothing', async () => {
    const { ok } = await start()
    const made = await ok('POST', '/proxies', {
      NAME: 'edge',
      Listen: '127.0.0.1:0',
      upStream: 'u:1',
      enabled: null,
      more: 1,
    })
    expect(made).toMatchObject({ name: 'edge', upstream: 'u:1', enabled: true })
  })

  test('a name is decoded from the path', async () => {
    const { ok } = await start()
    const name = 'storefront → comments'
    await ok('POST', '/proxies', { ...edge, name })
    expect(await ok('GET', `/proxies/${encodeURIComponent(name)}`)).toMatchObject({ name })
  })

  const addressErrors: [listen: string, why: string | RegExp][] = [
    ['nowhere', 'address nowhere: missing port in address'],
    ['127.0.0.1:99999', 'address 99999: invalid port'],
    ['127.0.0.1:-1', 'address -1: invalid port'],
    ['127.0.0.1:web', 'lookup tcp/web: unknown port'],
    ['::1:80', 'address ::1:80: too many colons in address'],
    ['[::1:80', "address [::1:80: missing ']' in address"],
    ['[::1]', 'address [::1]: missing port in address'],
    ['no-such-host.invalid:80', /^listen tcp: lookup no-such-host\.invalid( on \S+)?: no such host$/],
  ]

  const refusedProxies: [string, unknown, number, unknown][] = [
    ['no body', '', 400, 'bad request body: EOF'],
    ['no JSON', '{"name":', 400, expect.stringMatching(/^bad request body: ./)],
    [
      'a list',
      [],
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal array into (Go )?value of type /),
    ],
    [
      'a name that is a number',
      { name: 1 },
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal number .* of type string$/),
    ],
    [
      'enabled that is a word',
      { name: 'x', enabled: 'yes' },
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal string .* bool$/),
    ],
    ['null', 'null', 400, 'missing required field: name'],
    ['no name', {}, 400, 'missing required field: name'],
    ['no upstream', { name: 'x' }, 400, 'missing required field: upstream'],
    ...addressErrors.map(([listen, why]): [string, unknown, number, unknown] => [
      `listen ${listen}`,
      { ...edge, listen },
      500,
      typeof why === 'string' ? `listen tcp: ${why}` : expect.stringMatching(why),
    ]),
  ]

  test.each(refusedProxies)('POST /proxies with %s is refused', async (_what, body, status, error) => {
    const { api, ok } = await start()
    const answer = await api('POST', '/proxies', body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(JSON.parse(answer.text)).toEqual({ error, status })
    expect(answer.text.endsWith('\n')).toBe(true)
    expect(await ok('GET', '/proxies')).toEqual({})
  })

  test('a name is given once', async () => {
    const { api, proxy } = await start()
    await proxy(9)
    const { status, text } = await api('POST', '/proxies', edge)
    expect({ status, text }).toEqual({ status: 409, text: '{"error":"proxy already exists","status":409}\n' })
  })

  test('a port in use is told as the real one does, and leaves nothing behind', async () => {
    const { port } = await startServer(() => undefined)
    const { api, ok } = await start()
    const { status, text } = await api('POST', '/proxies', { ...edge, listen: `localhost:${port}` })
    expect({ status, text }).toEqual({
      status: 500,
      text: `{"error":"listen tcp 127.0.0.1:${port}: bind: address already in use","status":500}\n`,
    })
    expect(await ok('GET', '/proxies')).toEqual({})
  })

  test.each(['PATCH', 'POST'])('%s changes a proxy; its name is fixed', async (method) => {
    const { ok, proxy } = await start()
    const port = await proxy(9)
    expect(await ok(method, '/proxies/edge', { upstream: 'u:1', name: 'other' })).toMatchObject({
      name: 'edge',
      upstream: 'u:1',
      listen: `127.0.0.1:${port}`,
      enabled: true,
    })
    expect(await ok(method, '/proxies/edge', { enabled: false })).toMatchObject({ enabled: false, upstream: 'u:1' })
    expect(await ok(method, '/proxies/edge', { enabled: true })).toMatchObject({ enabled: true })
    expect(await ok(method, '/proxies/edge', {})).toMatchObject({ enabled: true, listen: `127.0.0.1:${port}` })
  })

  test('a proxy that cannot have its new address stays stopped', async () => {
    const { port } = await startServer(() => undefined)
    const { api, ok, proxy } = await start()
    await proxy(9)
    const taken = `127.0.0.1:${port}`
    expect((await api('PATCH', '/proxies/edge', { listen: taken })).status).toBe(500)
    expect(await ok('GET', '/proxies/edge')).toMatchObject({ enabled: false, listen: taken })
  })

  test('an address that is none changes nothing', async () => {
    const { api, ok, proxy } = await start()
    const port = await proxy(9)
    const { status, text } = await api('PATCH', '/proxies/edge', { listen: 'bad' })
    expect({ status, text }).toEqual({
      status: 500,
      text: '{"error":"address bad: missing port in address","status":500}\n',
    })
    expect(await ok('GET', '/proxies/edge')).toMatchObject({ enabled: true, listen: `127.0.0.1:${port}` })
  })

  test.each([
    ['GET', '/proxies/none'],
    ['PATCH', '/proxies/none'],
    ['POST', '/proxies/none'],
    ['DELETE', '/proxies/none'],
    ['GET', '/proxies/none/toxics'],
    ['POST', '/proxies/none/toxics'],
    ['GET', '/proxies/none/toxics/slow'],
    ['PATCH', '/proxies/none/toxics/slow'],
    ['POST', '/proxies/none/toxics/slow'],
    ['DELETE', '/proxies/none/toxics/slow'],
  ])('%s %s: proxy not found, whatever the body', async (method, path) => {
    const { api } = await start()
    const { status, text } = await api(method, path, method === 'GET' ? undefined : 'nonsense')
    expect({ status, text }).toEqual({ status: 404, text: '{"error":"proxy not found","status":404}\n' })
  })

  test.each(['GET', 'PATCH', 'POST', 'DELETE'])('%s of a toxic that is not there', async (method) => {
    const { api, proxy } = await start()
    await proxy(9)
    const { status, text } = await api(method, '/proxies/edge/toxics/slow', method === 'GET' ? undefined : 'nonsense')
    expect({ status, text }).toEqual({ status: 404, text: '{"error":"toxic not found","status":404}\n' })
  })

  test('a toxic lives from POST to DELETE', async () => {
    const { api, ok, proxy } = await start()
    await proxy(9)
    const created = await api('POST', '/proxies/edge/toxics', { type: 'latency', attributes: { latency: 100 } })
    expect(created.status).toBe(200)
    const toxic = {
      attributes: { latency: 100, jitter: 0 },
      name: 'latency_downstream',
      type: 'latency',
      stream: 'downstream',
      toxicity: 1,
    }
    expect(created.text).toBe(JSON.stringify(toxic))
    expect(await ok('GET', '/proxies/edge/toxics')).toEqual([toxic])
    expect(await ok('GET', '/proxies/edge')).toMatchObject({ toxics: [toxic] })
    expect(await ok('GET', '/proxies/edge/toxics/latency_downstream')).toEqual(toxic)
    const { status, text } = await api('DELETE', '/proxies/edge/toxics/latency_downstream')
    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await ok('GET', '/proxies/edge/toxics')).toEqual([])
  })

  test.each([
    ['latency', { latency: 0, jitter: 0 }],
    ['bandwidth', { rate: 0 }],
    ['slow_close', { delay: 0 }],
    ['timeout', { timeout: 0 }],
    ['reset_peer', { timeout: 0 }],
    ['slicer', { average_size: 0, size_variation: 0, delay: 0 }],
    ['limit_data', { bytes: 0 }],
    ['noop', {}],
  ])('the attributes of %s are 0 unless given, and shown in their order', async (type, attributes) => {
    const { api, proxy } = await start()
    await proxy(9)
    const { status, text } = await api('POST', '/proxies/edge/toxics', { type, stream: 'upstream' })
    const toxic = { attributes, name: `${type}_upstream`, type, stream: 'upstream', toxicity: 1 }
    expect({ status, text }).toEqual({ status: 200, text: JSON.stringify(toxic) })
  })

  const huge = Number.MAX_SAFE_INTEGER

  test.each([
    ['bandwidth', { rate: -huge }],
    ['bandwidth', { rate: huge }],
    ['slicer', { average_size: -huge, size_variation: huge, delay: -(2 ** 31) }],
    ['limit_data', { bytes: -huge }],
  ])('%s of %j is accepted, as it is by the real one', async (type, attributes) => {
    const { proxy, addToxic } = await start()
    await proxy(9)
    expect(await addToxic(type, attributes)).toMatchObject({ type, attributes })
  })

  test('toxics are listed upstream first, each direction in the order of its chain', async () => {
    const { ok, proxy, addToxic } = await start()
    await proxy(9)
    await addToxic('noop', {}, { name: 'd1' })
    await addToxic('noop', {}, { name: 'u1', stream: 'upstream' })
    await addToxic('noop', {}, { name: 'd2' })
    await addToxic('noop', {}, { name: 'u2', stream: 'UpStream' })
    const names = (await ok('GET', '/proxies/edge/toxics')).map((toxic: { name: string }) => toxic.name)
    expect(names).toEqual(['u1', 'u2', 'd1', 'd2'])
  })

  test.each(['PATCH', 'POST'])('%s merges attributes; name, type and stream are fixed', async (method) => {
    const { ok, proxy, addToxic } = await start()
    await proxy(9)
    await addToxic('latency', { latency: 100, JITTER: 10, other: 1 }, { toxicity: 0.2 })
    const path = '/proxies/edge/toxics/latency_downstream'
    expect(
      await ok(method, path, { attributes: { latency: 1000 }, name: 'x', type: 'noop', stream: 'upstream' }),
    ).toEqual({
      attributes: { latency: 1000, jitter: 10 },
      name: 'latency_downstream',
      type: 'latency',
      stream: 'downstream',
      toxicity: 0.2,
    })
    expect(await ok(method, path, { toxicity: 0.5, attributes: null })).toMatchObject({ toxicity: 0.5 })
    expect(await ok(method, path, {})).toMatchObject({ toxicity: 0.5, attributes: { latency: 1000, jitter: 10 } })
  })

  const refusedToxics: [unknown, number, unknown][] = [
    ['', 400, 'bad request body: EOF'],
    [{}, 400, 'invalid toxic type'],
    [{ type: 'down' }, 400, 'invalid toxic type'],
    [{ type: 'limitData' }, 400, 'invalid toxic type'],
    [{ type: 'latency', stream: '' }, 400, 'stream was invalid, can be either upstream or downstream'],
    [{ type: 'nothing', stream: 'sideways' }, 400, 'stream was invalid, can be either upstream or downstream'],
    [{ type: 'noop', name: 'taken' }, 409, 'toxic already exists'],
    [{ type: 'noop', name: 'taken', stream: 'upstream' }, 409, 'toxic already exists'],
    [
      { type: 'latency', toxicity: '1' },
      400,
      expect.stringMatching(/^bad request body: json: .*toxicity of type float32$/),
    ],
    [
      { type: 'latency', attributes: [] },
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal array .*attributes of type \S+$/),
    ],
    ...[100.5, '5', true, {}, 1e30].map((latency): [unknown, number, unknown] => [
      { type: 'latency', attributes: { latency } },
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal .*attributes\.latency of type int64$/),
    ]),
  ]

  test.each(refusedToxics)('POST of the toxic %j is refused', async (body, status, error) => {
    const { api, ok, proxy, addToxic } = await start()
    await proxy(9)
    await addToxic('noop', {}, { name: 'taken' })
    const answer = await api('POST', '/proxies/edge/toxics', body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({ error, status })
    expect(await ok('GET', '/proxies/edge/toxics')).toHaveLength(1)
  })

  test('POST /populate creates all, and leaves alone what is the same', async () => {
    const { ok, addToxic } = await start()
    const created = await ok('POST', '/populate', [edge, { ...edge, name: 'other', enabled: false, toxics: [1] }])
    expect(created.proxies).toMatchObject([
      { name: 'edge', enabled: true },
      { name: 'other', enabled: false },
    ])
    const [{ listen }] = created.proxies
    await addToxic('latency')

    const same = { ...edge, listen: listen.replace('127.0.0.1', 'localhost'), enabled: false }
    expect((await ok('POST', '/populate', [same])).proxies).toMatchObject([
      { enabled: true, toxics: [{ type: 'latency' }] },
    ])
    expect((await ok('POST', '/populate', [{ ...same, upstream: '127.0.0.1:10' }])).proxies).toMatchObject([
      { enabled: false, upstream: '127.0.0.1:10', toxics: [] },
    ])
    expect(await tryDial(portOf(listen))).toBe('ECONNREFUSED')
  })

  test('POST /populate creates nothing when an entry misses a field', async () => {
    const { api, ok } = await start()
    const unnamed = await api('POST', '/populate', [edge, { upstream: 'u:1' }])
    expect(unnamed.text).toBe('{"error":"missing required field: name at proxy 2","status":400,"proxies":null}')
    expect(unnamed.headers.get('content-type')).toBe('application/json')
    const aimless = await api('POST', '/populate', [{ name: 'x' }])
    expect(aimless.text).toBe('{"error":"missing required field: upstream at proxy 1","status":400,"proxies":null}')
    expect(await ok('GET', '/proxies')).toEqual({})
  })

  test('POST /populate stops at the first that fails, and keeps those before', async () => {
    const { api, ok } = await start()
    const { status, text } = await api('POST', '/populate', [
      edge,
      { ...edge, name: 'bad', listen: 'bad' },
      { ...edge, name: 'later' },
    ])
    expect(status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({
      error: 'listen tcp: address bad: missing port in address',
      status: 500,
      proxies: [{ name: 'edge', enabled: true }],
    })
    expect(Object.keys(await ok('GET', '/proxies'))).toEqual(['edge'])
  })

  test.each([
    ['', 400, 'bad request body: EOF'],
    [
      '{}',
      400,
      expect.stringMatching(/^bad request body: json: (not a list of proxies|cannot unmarshal object into Go value)/),
    ],
    [
      '[5]',
      400,
      expect.stringMatching(/^bad request body: json: cannot unmarshal number( 5)? into (Go )?value of type /),
    ],
  ])('POST /populate with %j is refused', async (body, status, error) => {
    const { api } = await start()
    const answer = await api('POST', '/populate', body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({ error, status, proxies: null })
  })

  test.each(['[]', 'null'])('POST /populate with %s creates nothing, and says so', async (body) => {
    const { api } = await start()
    const { status, text } = await api('POST', '/populate', body)
    expect({ status, text }).toEqual({ status: 201, text: '{"proxies":null}' })
  })

  test('POST /reset enables every proxy and removes every toxic', async () => {
    const { api, ok, addToxic, proxy } = await start()
    const port = await proxy(9)
    await addToxic('latency')
    await addToxic('timeout', {}, { stream: 'upstream' })
    await ok('PATCH', '/proxies/edge', { enabled: false })
    const { status, text } = await api('POST', '/reset')
    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(await ok('GET', '/proxies/edge')).toMatchObject({ enabled: true, listen: `127.0.0.1:${port}`, toxics: [] })
  })

  test('requests at the same time come out as if one came after the other', async () => {
    const { api, ok, proxy } = await start()
    const port = await proxy(9)
    const twins = await Promise.all([
      api('POST', '/proxies', { ...edge, name: 'twin' }),
      api('POST', '/proxies', { ...edge, name: 'twin' }),
    ])
    expect(twins.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const flips = Array.from({ length: 20 }, (_, index) => ok('PATCH', '/proxies/edge', { enabled: index % 2 === 0 }))
    await Promise.all(flips)
    const { enabled } = await ok('GET', '/proxies/edge')
    expect(await tryDial(port)).toBe(enabled ? 'connected' : 'ECONNREFUSED')
  })
})
