import type { ServerResponse } from 'node:http'
import type { StubAnswer } from './answer.ts'
import { type Explanation, explanationText } from './explain.ts'

/** What a client gets whose request is in no pact. */
export function unmatched(explanation: Explanation): StubAnswer {
  return json(500, { error: explanationText(explanation), ...explanation })
}

/** An answer of Brownout's own. */
export function json(status: number, body: unknown): StubAnswer {
  const text = `${JSON.stringify(body, null, 2)}\n`
  return { status, headers: [['content-type', 'application/json']], body: new TextEncoder().encode(text) }
}

export function send(response: ServerResponse, { status, headers, body }: StubAnswer): void {
  const byName = Map.groupBy(headers, ([name]) => name)
  for (const [name, entries] of byName)
    response.setHeader(
      name,
      entries.map(([, value]) => value),
    )
  response.statusCode = status
  response.end(body ?? undefined)
}
