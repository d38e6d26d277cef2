import type { FastifyRequest } from 'fastify'
import { Problem } from '../chassis/problem.ts'
import type { Inside } from './inside.ts'

export interface Login {
  token: string
  user: string
  session: 'stored' | 'deferred'
}

export interface Sessions {
  logIn(request: FastifyRequest): Promise<Login>
  whoIs(request: FastifyRequest, token: string): Promise<string>
}

/** Sessions as auth knows them. */
export function sessionsOf(auth: Inside): Sessions {
  return {
    async logIn(request) {
      const { status, body } = await auth.ask(request, { method: 'POST', path: '/login', body: request.body ?? null })
      if (status === 401) throw new Problem(401, 'User and password do not match.')
      if (status !== 200) throw new Problem(400, 'A login needs a user and a password.')
      return body as Login
    },
    async whoIs(request, token) {
      const { status, body } = await auth.ask(request, { path: `/sessions/${encodeURIComponent(token)}` })
      if (status !== 200) throw new Problem(401, 'Nobody is logged in with this token.')
      return (body as { user: string }).user
    },
  }
}
