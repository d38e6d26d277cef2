import { whole } from './rough-server.ts'

// What a service may answer a reader of fixtures/article.contract.ts.

const json = { headers: { 'content-type': 'application/json' } }

/** The normal half. */
export const full = whole(JSON.stringify({ id: 1, comments: [] }), json)
/** What is promised while comments are away. */
export const reduced = whole(JSON.stringify({ id: 1, commentsUnavailable: true }), json)
/** What is promised while it is overloaded. */
export const refused = whole('', { status: 503, headers: { 'retry-after': '1' } })
/** What nobody promised. */
export const bad = whole('{"id":"one"}', json)
