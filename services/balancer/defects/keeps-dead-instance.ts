import type { FastifyRequest } from 'fastify'
import { Problem } from '../../chassis/problem.ts'
import { type Forwarded, send } from '../forward.ts'
import type { Instance } from '../instances.ts'

/** Defect: whoever's turn it is gets the request, dead or alive, and nobody else is asked. */
export async function keepDeadInstance(inOrder: readonly Instance[], request: FastifyRequest): Promise<Forwarded> {
  return send(inOrder[0] as Instance, request).catch((cause: unknown) => {
    throw new Problem(502, 'The answer was lost on its way.', { cause })
  })
}
