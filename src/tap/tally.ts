import type { TapCounts } from './counts.ts'

const canaryMark = 'brownout-canary'
const markWithinBytes = 16 * 1024

/** How a connection of the workload ended: each is counted in exactly one of the three. */
export type Ending = 'endedByConsumer' | 'endedByProvider' | 'unanswered'

/**
 * What one connection adds to the counts of its edge, live.
 *
 * The consumer's first chunk tells whose connection it is: with the canary's mark in it, it counts as the canary's. Until
 * that chunk, or the connection's end, it is only `open`. So every count but `open` only ever grows, and two readings can
 * be subtracted.
 */
export class Tally {
  readonly #counts: TapCounts
  #owner: 'workload' | 'canary' | null = null
  #lastToSpeak: 'consumer' | 'provider' = 'provider'
  /** Bytes of a provider that spoke before its consumer, as Redis does when it has too many clients. */
  #bytesBefore = 0

  constructor(counts: TapCounts) {
    this.#counts = counts
    counts.open++
  }

  /** Whether it is known whose connection this is. */
  get isKnown(): boolean {
    return this.#owner !== null
  }

  fromConsumer(chunk: Buffer): void {
    const counts = this.#counts
    if (this.#owner === null) this.#own(isCanary(chunk) ? 'canary' : 'workload')
    const isTurn = this.#lastToSpeak === 'provider'
    this.#lastToSpeak = 'consumer'
    if (this.#owner === 'canary') {
      if (isTurn) counts.canaryTurns++
      return
    }
    if (isTurn) counts.turns++
    counts.bytesUp += chunk.length
  }

  fromProvider(chunk: Buffer): void {
    this.#lastToSpeak = 'provider'
    if (this.#owner === 'workload') this.#counts.bytesDown += chunk.length
    else if (this.#owner === null) this.#bytesBefore += chunk.length
  }

  /** The connection is over. `null`: the tap itself closed it. */
  end(ending: Ending | null): void {
    this.#counts.open--
    if (this.#owner === null) this.#own('workload')
    if (this.#owner === 'workload' && ending) this.#counts[ending]++
  }

  #own(owner: 'workload' | 'canary'): void {
    this.#owner = owner
    if (owner === 'canary') {
      this.#counts.canaryConnections++
      return
    }
    this.#counts.connections++
    this.#counts.bytesDown += this.#bytesBefore
  }
}

function isCanary(first: Buffer): boolean {
  return first.subarray(0, markWithinBytes).includes(canaryMark)
}
