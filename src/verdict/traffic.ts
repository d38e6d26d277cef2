import { parseEdgeName } from '../system/topology.ts'
import type { TapCounts, TapSnapshot } from '../tap/counts.ts'

/** What crossed one edge between two readings of its tap. */
export type Traffic = Pick<TapCounts, 'turns' | 'endedByConsumer' | 'endedByProvider'> & {
  edge: string
  /** Connections that were open at the first reading. */
  openAtFirst: number
}

/** A window between two readings: where several faults come one after the other, from the first reading to the last. */
export interface Window {
  from: TapSnapshot
  to: TapSnapshot
}

export function windowBetween(taps: readonly TapSnapshot[], from: string, to: string): Window | null {
  const start = taps.find(({ label }) => label === from)
  const end = taps.findLast(({ label }) => label === to)
  return start && end ? { from: start, to: end } : null
}

/** An edge that a reading does not have carried nothing. */
export function trafficOn(edge: string, { from, to }: Window): Traffic {
  const [first, second] = [from.edges[edge], to.edges[edge]]
  const grown = (name: keyof TapCounts) => Math.max(0, (second?.[name] ?? 0) - (first?.[name] ?? 0))
  return {
    edge,
    turns: grown('turns'),
    endedByConsumer: grown('endedByConsumer'),
    endedByProvider: grown('endedByProvider'),
    openAtFirst: first?.open ?? 0,
  }
}

/** Ids of the edges that a user's text means: of a service with several instances, the edge to each of them. */
export function edgesMeant(text: string, taps: readonly TapSnapshot[]): string[] {
  const meant = parseEdgeName(text)
  const ids = new Set(taps.flatMap(({ edges }) => Object.keys(edges)))
  return [...ids].filter((id) => {
    const { consumer, provider } = parseEdgeName(id)
    const service = provider.split('#')[0]
    return (
      (meant.consumer === undefined || meant.consumer === consumer) &&
      (meant.provider === provider || meant.provider === service)
    )
  })
}
