import { BrownoutError, exitCodes, messageOf } from './errors.ts'

export interface HttpAnswer {
  status: number
  text: string
}

/** One request to a control API, never longer than `limitMs`. Rejects when there is no answer; any status is an answer. */
export async function request(
  method: string,
  url: string,
  options: { body?: unknown; limitMs: number },
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(options.limitMs),
      redirect: 'manual',
      ...(options.body === undefined
        ? {}
        : { body: JSON.stringify(options.body), headers: { 'content-type': 'application/json' } }),
    })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new BrownoutError('NO_ANSWER', `Failed to ${method} "${url}": ${messageOf(cause)}.`, {
      exitCode: exitCodes.inconclusive,
      cause: error,
    })
  }
}
