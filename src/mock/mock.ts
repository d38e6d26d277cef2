import type { Problem } from '../core/errors.ts'
import type { ActualRequest } from '../pact/match/request.ts'
import { requestMatching } from '../pact/match/request.ts'
import { type Broken, brokenText } from './condition.ts'
import { type Explanation, explain } from './explain.ts'
import { inForce, interactionsOf } from './interactions.ts'
import { first } from './rank.ts'
import { type PactFile, type Stub, stubsOf } from './stub.ts'
import { twinsIn } from './twins.ts'

/** What is broken for the while, and which provider state was chosen. */
export interface Situation {
  readonly broken: readonly Broken[]
  /** Preferred where several stubs answer; `null`: none. */
  readonly state: string | null
}

/** Nothing is broken. */
export const fairWeather: Situation = { broken: [], state: null }

/** A provider as its pacts have it. */
export interface Mock {
  readonly stubs: readonly Stub[]
  /** All that some stub answers for. */
  readonly conditions: readonly Broken[]
  /** Names of provider states. */
  readonly states: readonly string[]
  /** The one stub that answers a request, or why none does. A request is matched as strictly as Pact does. */
  find(request: ActualRequest, situation: Situation): { stub: Stub } | { explanation: Explanation }
}

/** Reads pacts as a provider. Two stubs that cannot be told apart are a problem, and so is having none at all. */
export function createMock(files: readonly PactFile[]): { mock: Mock; problems: Problem[] } {
  const stubs = files.flatMap(stubsOf)
  const interactions = interactionsOf(stubs)
  const matchings = new Map(stubs.map(({ request }) => [request, requestMatching(request)]))
  const mismatchesOf = (stub: Stub, actual: ActualRequest) => matchings.get(stub.request)?.mismatches(actual) ?? []
  const conditions = new Map(stubs.flatMap(({ broken }) => (broken ? [[brokenText(broken), broken]] : [])))
  const mock: Mock = {
    stubs,
    conditions: [...conditions].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, broken]) => broken),
    states: [...new Set(stubs.flatMap(({ states }) => states.map(({ name }) => name)))],
    find(request, { broken, state }) {
      const candidates = interactions.flatMap((halves) => inForce(halves, broken))
      const taken = candidates.filter((stub) => matchings.get(stub.request)?.matches(request))
      const stub = first(taken, state)
      if (stub) return { stub }
      const misses = candidates.map((candidate) => ({ stub: candidate, mismatches: mismatchesOf(candidate, request) }))
      return { explanation: explain(request, misses) }
    },
  }
  return { mock, problems: [...twinsIn(stubs), ...(stubs.length === 0 ? files.flatMap(emptyIn) : [])] }
}

/** Says that a pact holds messages alone. */
export function emptyIn({ file, pact }: PactFile): Problem[] {
  if (pact.interactions.some(({ kind }) => kind === 'http')) return []
  return [{ file, path: [], message: 'holds no request and response: messages are not served' }]
}
