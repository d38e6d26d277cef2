import type { FaultRecord } from '../fault/record.ts'
import type { ResponseClass } from '../scenario/promise.ts'
import { meets, presenceOf, type Span } from './presence.ts'
import type { Regime } from './regime.ts'

/** A response of `during`, in its class. */
interface Met {
  interaction: number
  from: number
  to: number
  class: ResponseClass
  keeps: number
}

/** What the responses were worth that were under way while one fault was there. */
export interface Meeting {
  responses: number
  full: number
  broken: number
  /** All halves kept by those that were reduced or refused. */
  kept: number
}

/** Numbers that make a `Meeting`, in its order. */
const width = 4

/** Which responses met which fault: what tells whether a fault was felt, and what its stances are worth. */
export class Meetings {
  readonly #faults: readonly FaultRecord[]
  readonly #presence: readonly Span[][]
  readonly #interactions: number
  /** By fault, then by interaction: all halves kept. */
  readonly #kept: Uint32Array
  /** Likewise, `width` numbers each: the meetings without a third. */
  readonly #alone: Uint32Array

  /** `interactions`: one more than the largest id. */
  constructor(played: readonly FaultRecord[], interactions: number) {
    this.#faults = played
    this.#presence = played.map(presenceOf)
    this.#interactions = interactions
    this.#kept = new Uint32Array(played.length * interactions)
    this.#alone = new Uint32Array(this.#kept.length * width)
  }

  note({ felt }: Regime, met: Met): void {
    for (const fault of felt) {
      if (!meets(this.#presence[fault] as Span[], met.from, met.to)) continue
      const degraded = met.class === 'reduced' || met.class === 'refused'
      const place = fault * this.#interactions + met.interaction
      if (degraded) this.#kept[place] = (this.#kept[place] as number) | met.keeps
      if (felt.length === 1) this.#noteAlone(place * width, met, degraded)
    }
  }

  #noteAlone(at: number, { class: name, keeps }: Met, degraded: boolean): void {
    const alone = this.#alone
    alone[at] = (alone[at] as number) + 1
    if (name === 'full') alone[at + 1] = (alone[at + 1] as number) + 1
    if (name === 'broken') alone[at + 2] = (alone[at + 2] as number) + 1
    if (degraded) alone[at + 3] = (alone[at + 3] as number) | keeps
  }

  /** All halves kept by degraded responses of an interaction while a fault was in force, whatever else was. */
  keptUnder(fault: FaultRecord, interaction: number): number {
    return this.#kept[this.#placeOf(fault, interaction)] ?? 0
  }

  /** The responses of an interaction that this fault alone could excuse: none that anybody else feels was near. */
  alone(fault: FaultRecord, interaction: number): Meeting {
    const at = this.#placeOf(fault, interaction) * width
    const [responses = 0, full = 0, broken = 0, kept = 0] = this.#alone.subarray(at, at + width)
    return { responses, full, broken, kept }
  }

  #placeOf(fault: FaultRecord, interaction: number): number {
    const place = this.#faults.indexOf(fault)
    return place === -1 ? this.#kept.length : place * this.#interactions + interaction
  }
}
