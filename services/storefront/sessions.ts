import type { FastifyRequest } from 'fastify'
import type { Answer, Call, Question } from '../chassis/call.ts'
import { guard } from '../chassis/guard.ts'
import { Problem } from '../chassis/problem.ts'

export interface Login {
  token: string
  user: string
  session: 'stored' | 'deferred'
}

export interface Sessions {
  logIn(request: FastifyRequest): Promise<Login>
  whoIs(request: FastifyRequest, token: string): Promise<string>
}

/** Sessions as auth knows them. Auth allows itself 200 ms for Redis, so it is given twice that. */
export function sessionsOf(call: Call): Sessions {
  const policy = guard({ limitMs: 400, atOnce: 64 })

  // Whatever auth answers in time is an answer, a 503 too: only silence opens the breaker.
  const ask = async (request: FastifyRequest, question: Question): Promise<Answer> => {
    const answer = await policy
      .execute(({ signal }) => call(request, question, signal))
      .catch((cause: unknown) => {
        throw new Problem(503, 'Logins are not available right now.', { retryAfter: 1, cause })
      })
    if (answer.status >= 500)
      throw new Problem(503, 'Logins are not available right now.', { retryAfter: answer.retryAfter ?? 1 })
    return answer
  }

  return {
    async logIn(request) {
      const { status, body } = await ask(request, { method: 'POST', path: '/login', body: request.body ?? null })
      if (status === 401) throw new Problem(401, 'User and password do not match.')
      if (status !== 200) throw new Problem(400, 'A login needs a user and a password.')
      return body as Login
    },
    async whoIs(request, token) {
      const { status, body } = await ask(request, { path: `/sessions/${encodeURIComponent(token)}` })
      if (status !== 200) throw new Problem(401, 'Nobody is logged in with this token.')
      return (body as { user: string }).user
    },
  }
}
