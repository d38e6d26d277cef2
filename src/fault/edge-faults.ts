import type { Edge } from '../system/topology.ts'
import type { ToxiproxyUndo } from './ledger.ts'
import type { Fault } from './vocabulary.ts'

/** Faults on edges, by anything that speaks Toxiproxy's HTTP API. */
export interface EdgeFaults {
  readonly api: string
  readonly version: string
  /** Makes the edge's proxy; the tap is its upstream. */
  open(edge: Edge): Promise<void>
  /** How the fault would be undone; to be written down before `inject`. */
  undoOf(fault: Fault, id: string, edge: Edge): ToxiproxyUndo
  /** Resolves when Toxiproxy confirmed the fault and it was read back. */
  inject(fault: Fault, id: string, edge: Edge): Promise<void>
  /** Lets through what the edge's proxy gets, or refuses it and cuts what lives. Resolves when that is so. */
  setEnabled(edge: Edge, enabled: boolean): Promise<void>
  /** The name of the edge's proxy. */
  nameOf(edge: Edge): string
}
