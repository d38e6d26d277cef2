import { BrownoutError, exitCodes, messageOf } from './errors.ts'

export interface HttpAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  text: string
}

export interface HttpOptions {
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, instead of a `body`. */
  text?: string | null
  headers?: Readonly<Record<string, string>>
  limitMs: number
  /** Gives the request up. */
  signal?: AbortSignal
}

/** One request of our own, never longer than `limitMs`. Rejects when there is no answer; any status is an answer. */
export async function request(method: string, url: string, options: HttpOptions): Promise<HttpAnswer> {
  const { body, text = body === undefined ? null : JSON.stringify(body), headers, limitMs, signal } = options
  const limit = AbortSignal.timeout(limitMs)
  try {
    const response = await fetch(url, {
      method,
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: text,
    })
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new BrownoutError('NO_ANSWER', `Failed to ${method} "${url}": ${messageOf(cause)}.`, {
      exitCode: exitCodes.inconclusive,
      cause: error,
    })
  }
}
