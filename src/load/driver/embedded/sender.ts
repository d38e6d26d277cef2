import type { Clock } from '../../../core/clock.ts'
import { Connections } from './connections.ts'
import type { Ending } from '../../answers/ending.ts'
import type { Outgoing } from '../../arrivals/outgoing.ts'
import { Exchange } from './exchange.ts'

/** Sends requests, each on a connection of its own for that time: none ever waits for another. */
export class Sender {
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #origins = new Map<string, Connections>()
  readonly #underWay = new Set<Exchange>()

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  get underWay(): number {
    return this.#underWay.size
  }

  /** Returns when it was sent. Calls `onEnd` exactly once, perhaps before it returns; after `close` never. */
  send(origin: string, outgoing: Outgoing, onEnd: (ending: Ending) => void): number {
    const exchange: Exchange = new Exchange(outgoing, this.#to(origin), this.#clock, this.#timeoutMs, (ending) => {
      this.#underWay.delete(exchange)
      onEnd(ending)
    })
    this.#underWay.add(exchange)
    exchange.send()
    return exchange.sentAt
  }

  /** Ends all connections at once; what is under way is dropped without a word. */
  close(): void {
    for (const exchange of this.#underWay) exchange.drop()
    this.#underWay.clear()
    for (const connections of this.#origins.values()) connections.destroy()
  }

  #to(origin: string): Connections {
    let connections = this.#origins.get(origin)
    if (!connections) this.#origins.set(origin, (connections = new Connections(origin)))
    return connections
  }
}
