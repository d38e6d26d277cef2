import type { FaultRecord } from '../fault/record.ts'
import { edgesNamed, parseEdgeName } from '../system/topology.ts'
import type { TapCounts, TapSnapshot } from '../tap/counts.ts'

/** What crossed one edge between two readings of its tap. */
export type Traffic = Pick<TapCounts, 'turns' | 'endedByConsumer' | 'endedByProvider'> & {
  edge: string
  /** Connections that were open at the first reading. */
  openAtFirst: number
}

/** The time between two readings. */
export interface Window {
  from: TapSnapshot
  to: TapSnapshot
}

/** From the first reading of all to the last before a moment; `null` when there are not two. */
export function windowUntil(taps: readonly TapSnapshot[], moment: number | null): Window | null {
  return windowOf(taps[0], lastUntil(taps, moment))
}

/** From the first reading after a moment to the last before another one: what was read in between. */
export function windowWithin(taps: readonly TapSnapshot[], first: number | null, last: number | null): Window | null {
  return windowOf(
    taps.find(({ at }) => first !== null && at >= first),
    lastUntil(taps, last),
  )
}

/** From right before a fault was asked for to right before it was asked to go. */
export function windowAround(taps: readonly TapSnapshot[], { asked, undoAsked }: FaultRecord): Window | null {
  return windowOf(lastUntil(taps, asked), lastUntil(taps, undoAsked))
}

function lastUntil(taps: readonly TapSnapshot[], moment: number | null): TapSnapshot | undefined {
  return taps.findLast(({ at }) => moment !== null && at <= moment)
}

function windowOf(from: TapSnapshot | undefined, to: TapSnapshot | undefined): Window | null {
  return from && to && from.at < to.at ? { from, to } : null
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
  const ids = new Set(taps.flatMap(({ edges }) => Object.keys(edges)))
  const edges = [...ids].map((id) => {
    const { consumer = '', provider: instance } = parseEdgeName(id)
    return { id, consumer, provider: instance.replace(/#\d+$/, ''), instance }
  })
  return edgesNamed(edges, text).map(({ id }) => id)
}
