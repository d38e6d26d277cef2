/**
 * What a tap saw on one edge since it was opened. Brownout's own canary is counted apart.
 * A *turn* begins with the first bytes of a consumer after bytes of the provider (or after connecting): one HTTP/1.1
 * request or one RESP command, unless the consumer pipelines.
 */
export interface TapCounts {
  connections: number
  open: number
  /** Connections that ended, by who ended them. */
  endedByConsumer: number
  endedByProvider: number
  /** Connections that found no provider to talk to. */
  unanswered: number
  turns: number
  bytesUp: number
  bytesDown: number
  canaryConnections: number
  canaryTurns: number
}

/** Edge id → counts, at one moment of the run's clock. */
export interface TapSnapshot {
  at: number
  label: string
  edges: Record<string, TapCounts>
}
