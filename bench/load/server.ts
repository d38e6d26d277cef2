import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveProgram } from '../../src/core/program.ts'

const sentence = 'A light that dims is still a light, and a page without its comments is still a page. '
const article = {
  id: 1,
  title: 'Brownouts',
  author: { name: 'A. Volta', url: 'https://example.com/volta' },
  published: '2026-01-01T00:00:00Z',
  tags: ['power', 'grids', 'grace'],
  text: sentence.repeat(12),
  comments: Array.from({ length: 4 }, (_, id) => ({ id, author: `reader ${id}`, text: 'Well said, and well lit.' })),
}

/** A server that answers whatever it is asked with the same article of about 1.5 kB, at once or after `delayMs`. */
serveProgram<{ delayMs: number }>(async ({ delayMs }) => {
  const body = JSON.stringify(article)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const server = createServer((_, response) => {
    const answer = () => response.writeHead(200, headers).end(body)
    if (delayMs > 0) setTimeout(answer, delayMs)
    else answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { info: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
})
