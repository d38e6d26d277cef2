/** A small pact of every version of the format, with all that it can say. */
const parties = { consumer: { name: 'browser' }, provider: { name: 'storefront' } }

export const v1 = {
  ...parties,
  interactions: [
    {
      description: 'read an article',
      provider_state: 'there is an article',
      request: { method: 'get', path: '/articles', query: 'id=1&id=2&q=a+b%C3%BC', headers: { Accept: 'a/b, c/d' } },
      response: { status: 200, headers: { 'X-Age': '7, or so' }, body: { id: 1 } },
    },
  ],
  metadata: { pactSpecificationVersion: '1.0.0' },
}

export const v2 = {
  ...parties,
  interactions: [
    {
      description: 'read an article',
      providerState: 'there is an article',
      request: {
        method: 'POST',
        path: '/articles/1',
        query: 'q=7',
        headers: { 'X-Trace': 'abc' },
        body: { list: [{ 'odd key': 'x' }] },
        matchingRules: {
          '$.path': { match: 'regex', regex: String.raw`/articles/\d+` },
          '$.query.q[0]': { regex: String.raw`\d` },
          '$.headers.X-Trace': { regex: '[a-c]+' },
          '$.body.list': { min: 1 },
          "$['body']['list'][*]['odd key']": { match: 'type' },
        },
      },
      response: {
        status: 201,
        body: { at: '2026-11-21' },
        matchingRules: { '$.body.at': { timestamp: 'yyyy-MM-dd' }, '$.header.Location': { match: 'type' } },
      },
    },
  ],
  metadata: { 'pact-specification': { version: '2.0.0' } },
}

export const v3 = {
  ...parties,
  interactions: [
    {
      description: 'read an article',
      providerStates: [{ name: 'there is an article', params: { id: 1 } }, { name: 'it is old' }],
      request: {
        method: 'GET',
        path: '/articles/1',
        query: { q: ['7', '8'], flag: [null] },
        matchingRules: {
          path: {
            combine: 'OR',
            matchers: [
              { match: 'regex', regex: '1$' },
              { match: 'regex', regex: '2$' },
            ],
          },
          query: { q: { matchers: [{ match: 'integer' }] } },
        },
        generators: { path: { type: 'ProviderState', expression: '/articles/${id}' } },
      },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { id: 1, title: 'x' },
        matchingRules: { body: { '$.id': { matchers: [{ match: 'integer' }] } }, header: {} },
        generators: { body: { '$.id': { type: 'RandomInt', min: 0, max: 9 } } },
      },
    },
  ],
  metadata: { pactSpecification: { version: '3.0.0' } },
}

export const v3Messages = {
  ...parties,
  messages: [
    {
      description: 'an article came',
      providerStates: [{ name: 'there is an article' }],
      contents: { id: 1 },
      metaData: { contentType: 'application/json' },
      matchingRules: {
        body: { '$.id': { matchers: [{ match: 'type' }] } },
        metadata: { contentType: { matchers: [{ match: 'regex', regex: 'json' }] } },
      },
    },
  ],
  metadata: { pactSpecification: { version: '3.0' } },
}

export const v4 = {
  ...parties,
  interactions: [
    {
      type: 'Synchronous/HTTP',
      key: '1',
      description: 'read an article',
      pending: true,
      comments: { text: ['a word'] },
      request: { method: 'GET', path: '/articles/1', headers: { Accept: ['a/b', 'c/d'] } },
      response: {
        status: 200,
        body: { contentType: 'application/json', encoded: false, content: { ids: [1], map: { a: 1 } } },
        matchingRules: {
          status: { $: { matchers: [{ match: 'statusCode', status: 'success' }] } },
          body: {
            '$.ids': {
              matchers: [
                {
                  match: 'arrayContains',
                  variants: [{ index: 0, rules: { $: { matchers: [{ match: 'integer' }] } } }],
                },
              ],
            },
            '$.map': {
              matchers: [
                { match: 'eachKey', rules: [{ match: 'regex', regex: '^a' }] },
                { match: 'eachValue', rules: [{ match: 'notEmpty' }] },
              ],
            },
          },
        },
      },
    },
    {
      type: 'Asynchronous/Messages',
      description: 'an article came',
      contents: { contentType: 'text/plain', encoded: 'base64', content: 'aGVsbG8=' },
      metadata: { topic: 'articles' },
      matchingRules: { content: { $: { matchers: [{ match: 'include', value: 'h' }] } } },
    },
    {
      type: 'Synchronous/Messages',
      description: 'ask for an article',
      request: { contents: { contentType: 'application/json', encoded: 'JSON', content: '{"id":1}' } },
      response: [{ contents: { contentType: 'image/png', encoded: 'base64', content: 'AAEC' } }],
    },
  ],
  metadata: { pactSpecification: { version: '4.0' } },
}

export const pacts: Readonly<Record<string, object>> = { v1, v2, v3, v3Messages, v4 }
