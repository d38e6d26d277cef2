import type { Mismatch } from '../pact/match/mismatch.ts'
import type { ActualRequest } from '../pact/match/request.ts'
import type { Stub } from './stub.ts'

/** Why nothing answers a request. */
export interface Explanation {
  /** `GET /articles/1` */
  request: string
  /** `null`: nothing could answer at all. */
  nearest: Nearest | null
}

export interface Nearest {
  interaction: string
  /** What the request is not like. */
  mismatches: Mismatch[]
}

/** Names the stub that a request misses least. */
export function explain(
  { method, path }: Pick<ActualRequest, 'method' | 'path'>,
  stubs: readonly { stub: Stub; mismatches: Mismatch[] }[],
): Explanation {
  const misses = stubs.map(({ stub, mismatches }) => ({
    nearest: { interaction: stub.half, mismatches },
    distance: mismatches.reduce((sum, { place }) => sum + weightOf(place, path, stub), 0),
  }))
  const [least] = misses.toSorted((a, b) => a.distance - b.distance)
  return { request: `${method} ${path}`, nearest: least?.nearest ?? null }
}

/** Another path is further away than another method, that further than anything else; a path that begins alike is nearer. */
function weightOf(place: string, path: string, { request }: Stub): number {
  if (place === 'method') return 1_000
  if (place !== 'path') return 1
  const differs = [...path].findIndex((character, index) => character !== request.path[index])
  return 100_000 - 10 * (differs === -1 ? path.length : differs)
}

/** The explanation in lines for people. */
export function explanationText({ request, nearest }: Explanation): string {
  if (!nearest) return `Nothing answers ${request}: there is no interaction for what is in force.`
  const lines = nearest.mismatches.map(
    ({ place, message, uncheckable }) => `  ${place}: ${message}${uncheckable ? ' (cannot be checked)' : ''}`,
  )
  return [`Nothing answers ${request}. Nearest is "${nearest.interaction}":`, ...lines].join('\n')
}
