import { defineContract, type InteractionDefinition } from '../../../src/contract/define.ts'

const get: InteractionDefinition = { request: { method: 'GET', path: '/' }, response: {} }
const post: InteractionDefinition = { request: { method: 'POST', path: '/', body: {} }, response: {} }

/** What is asked of servers that close connections which are kept alive. */
export default defineContract({
  consumer: 'client',
  provider: 'closing',
  interactions: { 'never closes': get, 'closes at the next GET': get, 'closes at the next POST': post, closes: post },
})
