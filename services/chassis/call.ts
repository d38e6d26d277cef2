import type { FastifyRequest } from 'fastify'
import { Pool } from 'undici'
import { traceHeaders } from './trace.ts'

export interface Question {
  method?: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface Answer {
  status: number
  /** Seconds, when the answer says how long to wait. */
  retryAfter: number | undefined
  body: unknown
}

/** Asks another service on behalf of a request. Rejects when there is no answer, or none that is JSON. */
export type Call = (request: FastifyRequest, question: Question, signal?: AbortSignal) => Promise<Answer>

export function callsTo(url: string): Call {
  const pool = new Pool(url)
  return async (request, { method = 'GET', path, body }, signal) => {
    const response = await pool.request({
      method,
      path,
      headers: {
        ...traceHeaders(request),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
    const retryAfter = Number(response.headers['retry-after'])
    return {
      status: response.statusCode,
      retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
      body: await response.body.json(),
    }
  }
}
