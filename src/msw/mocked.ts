import type { HttpHandler } from 'msw'
import type { Explanation } from '../mock/explain.ts'
import type { ActualRequest } from '../pact/match/request.ts'
import type { Instead } from './instead.ts'

export interface MockServiceOptions {
  /** Where the service's clients look for it: `http://comments.test`. */
  baseUrl: string
  /** Provider state to prefer where several interactions take a request. */
  state?: string
  /** Decides what generators of a pact make; 1 unless given. */
  seed?: number
}

/** A request that a service was asked, its body as text. */
export interface Asked extends Omit<ActualRequest, 'body'> {
  body: string | null
  /** The half that took it: `read an article (comments is unavailable)`. */
  half: string
}

/** A service as its contract has it, behind MSW. */
export interface MockService<Interaction extends string = string, Condition extends string = string> {
  readonly baseUrl: string
  /** For `setupServer` and `server.use`. They answer every request below `baseUrl`. */
  readonly handlers: readonly HttpHandler[]
  /** What was asked since the last reset, by interaction. */
  readonly requests: Readonly<Record<Interaction, readonly Asked[]>>
  /** What was asked since the last reset and is in no contract. */
  readonly unmatched: readonly Explanation[]
  /** From now on all of this is broken, and the degraded halves answer; nothing, when nothing is named. */
  under(...conditions: Condition[]): void
  /** The next requests of an interaction get these instead, one each, before the contract's answer is given again. */
  next(interaction: Interaction, ...instead: readonly (Instead | readonly Instead[])[]): void
  /**
   * Nothing is broken, asked or to come any more. Throws `UNMATCHED_REQUESTS` when a request matched nothing since the last
   * time: a client with a fallback would hide it.
   */
  reset(): void
}
