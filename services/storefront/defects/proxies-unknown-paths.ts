import type { FastifyInstance } from 'fastify'
import { Problem } from '../../chassis/problem.ts'

/** Defect: `/⟨service⟩/anything` is passed on to that inner service, though nobody meant it for the outside. */
export function proxyUnknownPaths(app: FastifyInstance, urls: Readonly<Record<string, string | string[]>>): void {
  app.get<{ Params: { service: string; '*': string } }>('/:service/*', async ({ params }, reply) => {
    const [url] = [urls[params.service]].flat()
    if (url === undefined) throw new Problem(404, 'There is nothing here.')
    const answer = await fetch(`${url}/${params['*']}`)
    return reply
      .code(answer.status)
      .type(answer.headers.get('content-type') ?? 'text/plain')
      .send(await answer.text())
  })
}
