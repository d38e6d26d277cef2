import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Probe } from '../system/define.ts'
import type { Edge } from '../system/topology.ts'
import { sendCanary } from './canary.ts'
import type { EdgeFaults } from './edge-faults.ts'
import { undoOverToxiproxy } from './undo.ts'
import { canaryLimitMs, feels } from './felt.ts'
import type { Ledger } from './ledger.ts'
import type { PlannedFault } from './plan.ts'
import type { CanaryReading, FaultRecord } from './record.ts'

/** What injecting needs of a live system. */
export interface FaultTools {
  clock: Clock
  ledger: Ledger
  edges: EdgeFaults
  edge(id: string): Edge
  /** The provider's own probe. */
  probe(edge: Edge): Probe
  /** SIGKILL; resolves when the exit was seen. */
  kill(instance: string): Promise<void>
  /** Starts a killed instance again; resolves when it is ready. */
  restart(instance: string): Promise<void>
  /** Replaces the proxy server by a fresh one; `null` when it is not ours to replace. */
  restartProxies: (() => Promise<void>) | null
}

const undoLimitMs = 1_000
const recoveryLimitMs = 2_000

/**
 * A fault as a held resource: `inject` it, and `undo` gives it back, verified. Both note in the record what happened when.
 * `undo` never rejects: trouble is noted in the record, and `verified` stays `null`.
 */
export class HeldFault {
  readonly record: FaultRecord
  readonly #planned: PlannedFault
  readonly #tools: FaultTools
  #undoing: Promise<void> | null = null

  constructor(planned: PlannedFault, tools: FaultTools) {
    this.#planned = planned
    this.#tools = tools
    this.record = {
      ...planned,
      asked: null,
      inForce: null,
      undoAsked: null,
      undone: null,
      verified: null,
      canary: [],
      ladder: [],
      trouble: null,
    }
  }

  /** Notes the lease, then injects. Rejects when it cannot; `undo` is then still needed. */
  async inject(leaseMs: number): Promise<void> {
    const { record } = this
    const { clock, edges, ledger, kill } = this.#tools
    const { id, fault, text, instance } = this.#planned
    const hit = this.#edges()
    const undo = instance === null ? hit.map((edge) => edges.undoOf(fault, id, edge)) : []
    ledger.write({ type: 'fault', id, text, undo, expiresAt: clock.now() + leaseMs })
    record.asked = clock.now()
    try {
      if (instance === null) await all(hit.map((edge) => edges.inject(fault, id, edge)))
      else await kill(instance)
      record.inForce = clock.now()
    } catch (error) {
      record.trouble ??= messageOf(error)
      throw error
    }
  }

  /** Brownout's own probe through every edge of the fault. */
  async probe(when: CanaryReading['when']): Promise<void> {
    const { clock, probe } = this.#tools
    const limitMs = canaryLimitMs(this.#planned.fault)
    const readings = await Promise.all(this.#edges().map((edge) => sendCanary(edge, probe(edge), when, limitMs, clock)))
    this.record.canary.push(...readings)
  }

  /**
   * Undoes the fault and verifies it, once; further calls wait for the first. When the whole system is about to end, a
   * killed instance is not started again for it.
   */
  undo(options: { systemEnds: boolean } = { systemEnds: false }): Promise<void> {
    this.#undoing ??= this.#undo(options.systemEnds)
    return this.#undoing
  }

  async #undo(systemEnds: boolean): Promise<void> {
    const { record } = this
    if (record.asked === null) return
    const { clock, edges, ledger, restart, restartProxies } = this.#tools
    const { id, fault, instance } = this.#planned
    record.undoAsked = clock.now()
    try {
      if (instance === null) {
        const options = { limitMs: undoLimitMs, ...(restartProxies ? { restart: restartProxies } : {}) }
        const climbed = await Promise.all(
          this.#edges().map((edge) => undoOverToxiproxy(edges.undoOf(fault, id, edge), options)),
        )
        record.ladder = climbed.toSorted((a, b) => b.length - a.length)[0] ?? []
      } else if (!systemEnds) {
        await restart(instance)
        record.ladder = ['restart']
      }
      record.undone = clock.now()
      ledger.write({ type: 'undone', id })
      if (!systemEnds) await this.#verify()
    } catch (error) {
      record.trouble ??= messageOf(error)
    }
  }

  /** The canary must find every edge well again; a service may need a moment to. */
  async #verify(): Promise<void> {
    const { clock, probe } = this.#tools
    const { fault } = this.#planned
    const limitMs = canaryLimitMs(fault)
    for (const edge of this.#edges()) {
      const before = this.record.canary.find((reading) => reading.when === 'before' && reading.edge === edge.id)
      const until = clock.now() + recoveryLimitMs
      for (;;) {
        const reading = await sendCanary(edge, probe(edge), 'after', limitMs, clock)
        const well = reading.outcome === 'answered' && !feels(fault, reading, before)
        if (well || clock.now() > until) {
          this.record.canary.push(reading)
          if (!well) throw new Error(`the canary through "${edge.id}" still finds it ${reading.outcome}`)
          break
        }
        await clock.sleep(50)
      }
    }
    this.record.verified = clock.now()
  }

  #edges(): Edge[] {
    return this.#planned.edges.map(this.#tools.edge)
  }
}

/** As `Promise.all`, but none is under way any more when it rejects: an undo must not be overtaken by an injection. */
async function all(promises: readonly Promise<void>[]): Promise<void> {
  const rejected = (await Promise.allSettled(promises)).find((result) => result.status === 'rejected')
  if (rejected) throw rejected.reason
}
