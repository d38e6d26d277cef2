import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../chassis/problem.ts'
import type { Inside } from './inside.ts'

/** Pictures are shown to the imaging instances in turn, and to the next one when the first fails: it does no harm twice. */
export function uploadPictures(imaging: readonly Inside[]) {
  let turn = 0
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const picture = { method: 'POST', path: '/pictures', body: request.body ?? null } as const
    const first = turn++
    const ask = (index: number) => (imaging[index % imaging.length] as Inside).ask(request, picture)
    const { status, body } = await ask(first).catch(() => ask(first + 1))
    if (status !== 201) throw new Problem(400, 'A picture needs a name, a width and a height.')
    return reply.code(201).send(body)
  }
}
