import { Problem } from '../chassis/problem.ts'
import type { Caller } from '../chassis/trace.ts'
import type { Inside } from './inside.ts'

/** An album as the catalog has it. */
export function albumsOf(catalog: Inside) {
  return async (caller: Caller, id: string): Promise<unknown> => {
    const { status, body } = await catalog.ask(caller, { path: `/albums/${encodeURIComponent(id)}` })
    if (status !== 200) throw new Problem(404, 'No such album.')
    return body
  }
}
