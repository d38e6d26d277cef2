import { type Child, type Program, startProgram } from '../core/child.ts'
import { exitCodes } from '../core/errors.ts'
import type { EdgeFaults } from '../fault/edge-faults.ts'
import type { Part } from '../record/record.ts'
import type { Edge } from '../system/topology.ts'
import type { TapCounts } from '../tap/counts.ts'
import type { EngineContext, Engines, ProxyServer } from './engines.ts'
import type { Session } from './session.ts'

/** The way of every edge: consumer → proxy → tap → provider. */
export interface LiveEdges {
  faults: EdgeFaults
  part: Part
  counts(): Promise<Record<string, TapCounts>>
  /** Ends the proxy server and starts a fresh one on the same ports: every fault on an edge is gone with the old one. */
  restartProxies(): Promise<void>
}

export async function startEdges(
  edges: readonly Edge[],
  apiPort: number,
  engines: Engines,
  context: EngineContext,
  session: Session,
): Promise<LiveEdges> {
  const taps: Program = await startProgram(
    'taps',
    new URL('../tap/main.ts', import.meta.url),
    { edges: edges.map(({ id, tap, upstream }) => ({ id, listen: tap, upstream })) },
    { log: context.log('taps') },
  )
  session.hold(taps, { code: 'TAPS_DIED', exitCode: exitCodes.inconclusive })

  let held: ReturnType<Session['hold']> | null = null
  const start = async (): Promise<ProxyServer> => {
    const hold = (child: Child) =>
      void (held = session.hold(child, { code: 'PROXIES_DIED', exitCode: exitCodes.inconclusive }))
    const server = await engines.startProxies(apiPort, { ...context, hold })
    await Promise.all(edges.map((edge) => server.faults.open(edge)))
    return server
  }
  const server = await start()
  let restarting: Promise<void> | null = null
  const restart = async () => {
    await held?.stop(500)
    await start()
  }
  return {
    faults: server.faults,
    part: server.part,
    counts: () => taps.call('counts'),
    // Several undos may climb that high at once; one fresh server does for all.
    restartProxies: () => (restarting ??= restart().finally(() => (restarting = null))),
  }
}
