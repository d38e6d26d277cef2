import { expect } from 'vitest'

/** Answers of JSON services, read to the end. */
export async function ask(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), ...init })
  const text = await response.text()
  const headers: Record<string, string> = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: text ? JSON.parse(text) : null }
}

export function post(url: string, body: unknown, init: RequestInit = {}) {
  return ask(url, {
    ...init,
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })
}

/** What `toEqual` demands of an answer that says no: a problem in the words of RFC 9457 that tells nothing of the inside. */
export function problem(status: number, headers: Record<string, string> = {}) {
  return {
    status,
    headers: expect.objectContaining({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
      ...headers,
    }),
    body: {
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail: expect.not.stringMatching(/ECONN|\.ts|node:|127\.0\.0\.1/),
      requestId: expect.any(String),
    },
  }
}

/** The refusal that contracts declare. */
export const comeBackLater = problem(503, { 'retry-after': '1' })
