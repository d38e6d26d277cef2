import { allDone } from '../../core/within.ts'
import type { Edge } from '../../system/topology.ts'
import type { FaultTools } from '../fault-tools.ts'
import { undoOverToxiproxy } from '../undo.ts'
import type { EdgeFault } from '../vocabulary.ts'
import type { Grip } from './grip.ts'

const undoLimitMs = 1_000

/** A fault that sits in the proxies of its edges. */
export function gripOnEdges(fault: EdgeFault, id: string, hit: readonly Edge[], tools: FaultTools): Grip {
  const { edges, restartProxies } = tools
  const undo = () => hit.map((edge) => edges.undoOf(fault, id, edge))
  return {
    undo,
    take: async () => void (await allDone(hit.map((edge) => edges.inject(fault, id, edge)))),
    async letGo() {
      const options = { limitMs: undoLimitMs, ...(restartProxies ? { restart: restartProxies } : {}) }
      const climbed = await allDone(undo().map((way) => undoOverToxiproxy(way, options)))
      return climbed.toSorted((a, b) => b.length - a.length)[0] ?? []
    },
  }
}
