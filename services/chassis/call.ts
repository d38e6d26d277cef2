import { Pool } from 'undici'
import { type Caller, traceHeaders } from './trace.ts'

export interface Question {
  method?: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: unknown
}

export interface Answer {
  status: number
  /** Seconds, when the answer says how long to wait. */
  retryAfter: number | undefined
  body: unknown
}

/** Asks another service on somebody's behalf. Rejects when there is no answer, or none that is JSON. */
export type Call = (caller: Caller, question: Question, signal?: AbortSignal) => Promise<Answer>

export function callsTo(url: string): Call {
  const pool = new Pool(url)
  return async (caller, { method = 'GET', path, headers, body }, signal) => {
    const response = await pool.request({
      method,
      path,
      headers: {
        ...headers,
        ...traceHeaders(caller),
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
