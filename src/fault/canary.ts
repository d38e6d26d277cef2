import type { Clock } from '../core/clock.ts'
import type { Probe } from '../system/define.ts'
import { probe } from '../system/probe.ts'
import type { Edge } from '../system/topology.ts'
import type { CanaryReading } from './record.ts'

/** What is usual on an edge: the quickest of the answers before the fault. What made another one late was chance. */
export function usualOf(before: readonly CanaryReading[]): CanaryReading | undefined {
  return before.filter(({ outcome }) => outcome === 'answered').toSorted((a, b) => a.took - b.took)[0]
}

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
