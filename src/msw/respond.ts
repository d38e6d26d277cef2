import type { StubAnswer } from '../mock/answer.ts'
import type { Instead } from './instead.ts'

/** Statuses of which a response has no body. */
const withoutBody = new Set([204, 205, 304])

/** How many bits a slow body comes in. */
const bits = 10

export function respond({ status, headers, body }: StubAnswer): Response {
  const all = new Headers()
  for (const [name, value] of headers) all.append(name, value)
  return new Response(withoutBody.has(status) ? null : body?.slice(), { status, headers: all })
}

/** What is given instead of `answer`. Never settles for a hang. */
export function respondInstead(instead: Instead, answer: StubAnswer): Response | Promise<Response> {
  switch (instead.kind) {
    case 'network error':
      return Response.error()
    case 'hang':
      return new Promise(() => undefined)
    case 'slow body':
      return slowly(answer, instead.overMs)
    case 'status': {
      const { status, headers, body } = instead
      return new Response(withoutBody.has(status) ? null : body, { status, headers })
    }
  }
}

/** The first bit comes with the head; the end when the time is over. */
function slowly(answer: StubAnswer, overMs: number): Response {
  const { status, headers, body } = respond(answer)
  if (body === null) return new Response(null, { status, headers })
  const whole = answer.body ?? new Uint8Array()
  // Of a body without a length MSW makes one that ends with its connection: who gives it up has undici's parser throw.
  headers.set('content-length', String(whole.length))
  const size = Math.max(1, Math.ceil(whole.length / bits))
  const waitMs = overMs / Math.ceil(whole.length / size)
  let at = 0
  let timer: NodeJS.Timeout | undefined
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at > 0) await new Promise((resolve) => (timer = setTimeout(resolve, waitMs)))
      if (at >= whole.length) return controller.close()
      controller.enqueue(whole.slice(at, at + size))
      at += size
    },
    cancel: () => clearTimeout(timer),
  })
  return new Response(stream, { status, headers })
}
