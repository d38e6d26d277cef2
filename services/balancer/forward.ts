import type { FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'
import { Problem } from '../chassis/problem.ts'
import { traceHeaders } from '../chassis/trace.ts'
import type { Instance } from './instances.ts'

/** More than a storefront ever takes when it is well; it allows orders, or imaging, 300 ms twice. */
const attemptMs = 900
const inAllMs = 1_400

const passedOn = ['accept', 'authorization', 'content-type', 'cookie', 'idempotency-key']
const passedBack = ['content-type', 'retry-after', 'x-degraded']

export interface Forwarded {
  instance: Instance
  status: number
  headers: Record<string, string>
  body: Buffer
  /** Whether the instance said goodbye with it. */
  last: boolean
}

/** Sends a request to one instance and has the whole answer, or rejects. */
export async function send(instance: Instance, request: FastifyRequest): Promise<Forwarded> {
  const response = await instance.pool.request({
    method: request.method as Dispatcher.HttpMethod,
    path: request.url,
    headers: { ...pick(request.headers, passedOn), ...traceHeaders(request) },
    body: Buffer.isBuffer(request.body) ? request.body : null,
    signal: AbortSignal.timeout(attemptMs),
  })
  return {
    instance,
    status: response.statusCode,
    headers: pick(response.headers, passedBack),
    body: Buffer.from(await response.body.arrayBuffer()),
    // After a HEAD, undici itself has asked for the end of the connection.
    last: response.headers.connection === 'close' && request.method !== 'HEAD',
  }
}

/**
 * Asks the instances in order until one answers, the doubtful ones after those that are fit: better a doubtful one than
 * none, and first the one that had most time to get well. The first is asked once more at the end, for what failed may
 * have been no more than a kept-alive connection that died while it was idle. A request that may have been carried out is
 * sent again only when that does no harm.
 */
export async function forward(inOrder: readonly Instance[], request: FastifyRequest): Promise<Forwarded> {
  const safe = isSafe(request)
  const fit = inOrder.filter((instance) => instance.takes({ safe }))
  const doubtful = inOrder.filter((instance) => !fit.includes(instance)).sort((a, b) => a.nextTrial - b.nextTrial)
  const attempts = [...fit, ...doubtful]
  const giveUpAt = performance.now() + inAllMs
  let cause: unknown
  for (const instance of [...attempts, ...attempts.slice(0, 1)]) {
    if (performance.now() >= giveUpAt) break
    try {
      instance.started()
      const answer = await send(instance, request)
      if (answer.last) instance.eject()
      else instance.trust()
      return answer
    } catch (error) {
      cause = error
      instance.eject()
      request.log.warn({ storefront: instance.index, reason: (error as Error).message }, 'no answer, instance ejected')
      if (!safe && !neverConnected(error)) throw new Problem(502, 'The answer was lost on its way.', { cause })
    }
  }
  throw new Problem(503, 'The shop cannot be reached right now.', { retryAfter: 1, cause })
}

/** Whether a request may be sent again when it may have been carried out. */
function isSafe({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || headers['idempotency-key'] !== undefined
}

function neverConnected(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

function pick(headers: Record<string, string | string[] | undefined>, names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
