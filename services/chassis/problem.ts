import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

/** An answer that says no: RFC 9457, told in words meant for the caller. */
export class Problem extends Error {
  readonly status: number
  /** Seconds. */
  readonly retryAfter: number | undefined

  constructor(status: number, detail: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(detail, { cause: options.cause })
    this.status = status
    this.retryAfter = options.retryAfter
  }
}

/** Anything thrown as a problem. What is not one already keeps its status at most: its text may hold internals. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Problem(status, 'The request cannot be understood.', { cause: thrown })
    : new Problem(500, 'Something went wrong here.', { cause: thrown })
}

export function sendProblem(reply: FastifyReply, { status, message, retryAfter }: Problem): FastifyReply {
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status], status, detail: message, requestId: reply.request.id })
}
