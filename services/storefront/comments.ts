import type { FastifyRequest } from 'fastify'
import type { Call } from '../chassis/call.ts'
import type { Guard } from '../chassis/guard.ts'

export interface Comment {
  author: string
  text: string
}

/** The comments of an article. Rejects when they cannot be had. */
export type ReadComments = (request: FastifyRequest, article: string, signal?: AbortSignal) => Promise<Comment[]>

/** Asks once, for as long as `signal` allows. */
export function askForComments(call: Call): ReadComments {
  return async (request, article, signal) => {
    const { status, body } = await call(request, { path: `/articles/${encodeURIComponent(article)}/comments` }, signal)
    const comments = (body as { comments?: unknown } | null)?.comments
    if (status !== 200 || !Array.isArray(comments) || !comments.every(isComment))
      throw new Error(`comments answered ${status} with something else than comments`)
    return comments
  }
}

export function guarded(ask: ReadComments, guard: Guard): ReadComments {
  return (request, article) => guard.execute(({ signal }) => ask(request, article, signal))
}

function isComment(value: unknown): value is Comment {
  const { author, text } = (value ?? {}) as Partial<Record<keyof Comment, unknown>>
  return typeof author === 'string' && typeof text === 'string'
}
