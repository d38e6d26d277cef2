import type { Clock } from '../core/clock.ts'
import type { ProcessIdentity } from '../core/process-identity.ts'
import type { Probe } from '../system/define.ts'
import type { Edge } from '../system/topology.ts'
import type { EdgeFaults } from './edge-faults.ts'
import type { NoteStep } from './grips/grip.ts'
import type { Ledger } from './ledger.ts'

/** What faults need of a live system. */
export interface FaultTools {
  clock: Clock
  /** Aborts when the run is over: then nothing is waited for that ends with it. */
  signal: AbortSignal
  ledger: Ledger
  edges: EdgeFaults
  edge(id: string): Edge
  /** The provider's own probe. */
  probe(edge: Edge): Probe
  processes: ProcessTools
  /** Replaces the proxy server by a fresh one; `null` when it is not ours to replace. */
  restartProxies: (() => Promise<void>) | null
}

export interface ProcessTools {
  identityOf(instance: string): ProcessIdentity
  /** SIGKILL; resolves when the exit was seen. */
  kill(instance: string): Promise<void>
  /** Starts a killed instance again; resolves when it is ready. */
  startAgain(instance: string): Promise<void>
  /**
   * Restarts them gracefully, one after the other, and notes each `… ended` and `… is ready`; SIGTERM goes to the first at
   * once. Resolves when the last is ready.
   */
  restart(instances: readonly string[], note: NoteStep): Promise<void>
}
