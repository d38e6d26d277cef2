import type { Random } from '../core/random.ts'
import type { Chunk, Effect, Outlet, Toxic } from './toxic.ts'

/** What takes bytes in: a stage, or the destination. */
export interface Inlet {
  data(chunk: Chunk): void
  end(): void
}

/** What the link does for its stages. */
export interface StageOwner {
  /** A chunk has left a stage. */
  eased(): void
  close(): void
  reset(): void
}

/** One toxic at work in the chain of one link. */
export class Stage implements Inlet, Outlet {
  readonly toxic: Toxic
  readonly random: Random
  next: Inlet
  readonly #owner: StageOwner
  readonly #effect: Effect
  /** The end has come in and has not gone on. */
  #holdsEnd = false
  #closed = false

  constructor(toxic: Toxic, random: Random, next: Inlet, owner: StageOwner) {
    this.toxic = toxic
    this.random = random
    this.next = next
    this.#owner = owner
    this.#effect = toxic.kind.affect(toxic.attributes, this)
  }

  get full(): boolean {
    return (this.#effect.held ?? 0) > (this.#effect.room ?? 0)
  }

  data(chunk: Chunk): void {
    if (!this.#closed) this.#effect.data(chunk)
  }

  end(): void {
    this.#holdsEnd = true
    if (this.#effect.end) this.#effect.end()
    else this.passEnd()
  }

  pass(chunk: Chunk): void {
    this.next.data(chunk)
    this.#owner.eased()
  }

  passEnd(): void {
    this.#holdsEnd = false
    this.next.end()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#owner.close()
    this.passEnd()
  }

  reset(): void {
    this.#owner.reset()
  }

  updated(): void {
    this.#effect.updated?.()
  }

  /** Out of the chain: what it held goes on at once. */
  leave(): void {
    for (const chunk of this.drop()) this.next.data(chunk)
    if (this.#holdsEnd) this.passEnd()
  }

  removed(): void {
    this.#effect.removed?.()
  }

  /** Stops it; what it held is handed over. */
  drop(): Chunk[] {
    return this.#effect.release?.() ?? []
  }
}
