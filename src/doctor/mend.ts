import type { Remnant, Trace } from './remnant.ts'

/** What was done about what older runs left, and what is there now. */
export interface Mended {
  removed: Remnant[]
  /** Still there; `seen` says why it could not be removed. */
  left: Remnant[]
}

export async function lookAtAll(traces: readonly Trace[]): Promise<Remnant[]> {
  return (await Promise.all(traces.map((trace) => trace.look()))).flat()
}

/** Removes what can be removed, in turn, and believes only what it sees when it looks again at all of it. */
export async function mendAll(traces: readonly Trace[]): Promise<Mended> {
  const before = await lookAtAll(traces)
  const troubles = new Map<string, string>()
  for (const trace of traces)
    if ((await trace.look()).length > 0) for (const [what, why] of await trace.remove()) troubles.set(what, why)
  const after = await lookAtAll(traces)
  return {
    removed: before.filter((one) => !after.some((other) => isSame(one, other))),
    left: after.map((remnant) => withTrouble(remnant, troubles.get(remnant.what))),
  }
}

function isSame(one: Remnant, other: Remnant): boolean {
  return one.run === other.run && one.what === other.what
}

function withTrouble(remnant: Remnant, trouble: string | undefined): Remnant {
  return trouble === undefined ? remnant : { ...remnant, seen: `${remnant.seen}; it could not be removed: ${trouble}` }
}
