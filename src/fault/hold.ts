import { messageOf } from '../core/errors.ts'
import type { Edge } from '../system/topology.ts'
import { sendCanary } from './canary.ts'
import type { FaultTools } from './fault-tools.ts'
import { canaryLimitMs, feels, hasCanary, usualOf } from './felt.ts'
import type { Grip } from './grips/grip.ts'
import { gripOf, type InjectedFault } from './grips/grip-of.ts'
import type { PlannedFault } from './plan.ts'
import type { CanaryReading, FaultRecord } from './record.ts'

const recoveryLimitMs = 2_000
/** For faults that no canary feels, and whose edges are to be well all the same when they are gone. */
const plainLimitMs = 500

/** The record of a fault before anything came of it. */
export function blankFault({ id, fault, text, edges, instances, felt }: PlannedFault): FaultRecord {
  return {
    id,
    fault,
    text,
    edges,
    instances,
    felt,
    asked: null,
    inForce: null,
    undoAsked: null,
    undone: null,
    verified: null,
    canary: [],
    steps: [],
    ladder: [],
    trouble: null,
  }
}

/**
 * A fault as a held resource: `inject` takes hold of it, `letGo` gives it back, `verify` sees that it is gone. All note in
 * the record what happened when. `letGo` and `verify` never reject: trouble is noted, and `undone` or `verified` stays `null`.
 */
export class HeldFault {
  readonly record: FaultRecord
  readonly #planned: InjectedFault
  readonly #tools: FaultTools
  #grip: Grip | null = null
  #lettingGo: Promise<void> | null = null
  #verifying: Promise<void> | null = null
  #staysUnwell = false

  constructor(planned: InjectedFault, record: FaultRecord, tools: FaultTools) {
    this.#planned = planned
    this.#tools = tools
    this.record = record
  }

  /** It may be in force. */
  get isHeld(): boolean {
    return this.record.asked !== null && this.record.undone === null
  }

  /** What it ended comes back by itself, takes its time, and is no fault of ours if it does not. */
  get endsInstances(): boolean {
    const { kind } = this.#planned.fault
    return kind === 'kill' || kind === 'restart'
  }

  /** Notes the lease, then injects. Rejects when it cannot; `letGo` is then still needed. */
  async inject(leaseMs: number): Promise<void> {
    const { record } = this
    const { clock, ledger } = this.#tools
    const { id, text } = this.#planned
    try {
      this.#grip = gripOf(this.#planned, this.#tools, {
        step: (step) => void record.steps.push({ at: clock.now(), text: step }),
        trouble: (trouble) => void (record.trouble ??= trouble),
      })
      ledger.write({ type: 'fault', id, text, undo: this.#grip.undo(), expiresAt: clock.now() + leaseMs })
      record.asked = clock.now()
      await this.#grip.take()
      record.inForce = clock.now()
    } catch (error) {
      record.trouble ??= messageOf(error)
      throw error
    }
  }

  /** How long a canary of this fault waits for all it asks for. */
  get canaryLimitMs(): number {
    const { fault } = this.#planned
    return hasCanary(fault) ? canaryLimitMs(fault) : plainLimitMs
  }

  /** Brownout's own probe through every edge of the fault, where it is one that shows in it. */
  async sendCanaries(when: CanaryReading['when']): Promise<void> {
    if (!hasCanary(this.#planned.fault)) return
    const { canary } = this.record
    const readings = await Promise.all(this.#edges().map((edge) => this.#canary(edge, when)))
    canary.push(...readings.filter((reading) => reading !== null))
    canary.sort((a, b) => a.at - b.at)
  }

  /**
   * Undoes the fault, once; further calls wait for the first. When the whole system is about to end, no instance is started
   * again for it.
   */
  letGo(options: { systemEnds: boolean } = { systemEnds: false }): Promise<void> {
    this.#lettingGo ??= this.#letGo(options.systemEnds)
    return this.#lettingGo
  }

  /**
   * The canary must find every edge well again; a service may need a moment to. While `isFree` says that another fault holds
   * one of them, nothing is to be seen: then it is to be called again. Nor is anything seen when the run is over.
   */
  verify(isFree: () => boolean): Promise<void> {
    const { undone, verified } = this.record
    if (undone === null || verified !== null || this.#staysUnwell) return Promise.resolve()
    this.#verifying ??= this.#verify(isFree).finally(() => (this.#verifying = null))
    return this.#verifying
  }

  async #letGo(systemEnds: boolean): Promise<void> {
    const { record } = this
    if (this.#grip === null || record.asked === null) return
    const { clock, ledger } = this.#tools
    record.undoAsked = clock.now()
    try {
      record.ladder = await this.#grip.letGo(systemEnds)
      record.undone = clock.now()
      ledger.write({ type: 'undone', id: record.id })
    } catch (error) {
      record.trouble ??= messageOf(error)
    }
  }

  async #verify(isFree: () => boolean): Promise<void> {
    const { record } = this
    const wells = await Promise.all(this.#edges().map((edge) => this.#becomesWell(edge, isFree)))
    if (!wells.includes(false)) record.verified = this.#tools.clock.now()
  }

  async #becomesWell(edge: Edge, isFree: () => boolean): Promise<boolean> {
    const { record } = this
    const { clock, signal } = this.#tools
    const { fault } = this.#planned
    const usual = usualOf(record.canary.filter((reading) => reading.when === 'before' && reading.edge === edge.id))
    const until = clock.now() + recoveryLimitMs
    while (isFree()) {
      const reading = await this.#canary(edge, 'after')
      if (reading === null) return false
      const well = reading.outcome === 'answered' && !(hasCanary(fault) && feels(fault, reading, usual))
      if (!well && (!isFree() || clock.now() <= until)) {
        await clock.sleep(50, signal)
        continue
      }
      record.canary.push(reading)
      if (well) return true
      this.#staysUnwell = true
      record.trouble ??= `the canary through "${edge.id}" still finds it ${reading.outcome}`
      return false
    }
    return false
  }

  /** `null` when it was given up, since the run is over. */
  async #canary(edge: Edge, when: CanaryReading['when']): Promise<CanaryReading | null> {
    const { clock, probe, signal } = this.#tools
    const reading = await sendCanary(edge, { provider: probe(edge), when, limitMs: this.canaryLimitMs, clock, signal })
    return signal.aborted ? null : reading
  }

  #edges(): Edge[] {
    return this.#planned.edges.map(this.#tools.edge)
  }
}
