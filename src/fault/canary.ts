import type { Clock } from '../core/clock.ts'
import type { Probe } from '../system/define.ts'
import { probe } from '../system/probe.ts'
import type { Edge } from '../system/topology.ts'
import type { CanaryReading } from './record.ts'

interface Sending {
  /** The provider's own probe. */
  provider: Probe
  when: CanaryReading['when']
  limitMs: number
  clock: Clock
  /** Gives it up; the reading then tells nothing. */
  signal: AbortSignal
}

/** Sends Brownout's own probe through the edge's proxy, as its consumer would, on a connection of its own. */
export async function sendCanary(edge: Edge, sending: Sending): Promise<CanaryReading> {
  const { provider, when, limitMs, clock, signal } = sending
  const at = clock.now()
  const options = { limitMs, canary: true, anyStatus: true, signal }
  const { outcome, took, bytes, closedAfter } = await probe(edge.proxy, provider, options)
  return { edge: edge.id, at, when, took, outcome, limitMs, bytes, closedAfter }
}
