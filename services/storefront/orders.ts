import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../chassis/problem.ts'
import type { Inside } from './inside.ts'

/**
 * Orders go to orders as they came. One whose answer is lost is sent once more: by its key it is the same order, however
 * often it arrives.
 */
export function placeOrders(orders: Inside) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key === '') throw new Problem(400, 'An order needs an idempotency-key.')
    const order = {
      method: 'POST',
      path: '/orders',
      headers: { 'idempotency-key': key },
      body: request.body ?? null,
    } as const
    const { status, body } = await orders.ask(request, order, { attempts: 2 })
    if (status === 422) throw new Problem(422, 'This idempotency-key belongs to an order of something else.')
    if (status !== 200 && status !== 201) throw new Problem(400, 'An order needs an album and a number of copies.')
    return reply.code(status).send(body)
  }
}
