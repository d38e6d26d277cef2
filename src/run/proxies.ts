import { type Program, startProgram } from '../core/child.ts'
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

  let replaced: ProxyServer | null = null
  const start = async (): Promise<ProxyServer> => {
    const server = await engines.startProxies(apiPort, context)
    session.ledger.write({ type: 'process', name: 'toxiproxy', identity: server.process.identity })
    void server.process.exited.then((exit) => {
      if (replaced === server || closing) return
      const how = exit.signal ?? `exit code ${exit.code}`
      session.end({
        code: 'PROXIES_DIED',
        message: `the proxy server ended in the middle of the run (${how})`,
        exitCode: exitCodes.inconclusive,
      })
    })
    await Promise.all(edges.map((edge) => server.faults.open(edge)))
    return server
  }
  let closing = false
  let server = await start()
  session.scope.hold('proxies', () => {
    closing = true
    return server.process.stop()
  })
  return {
    faults: server.faults,
    part: server.part,
    counts: () => taps.call('counts'),
    async restartProxies() {
      replaced = server
      await server.process.stop(500)
      server = await start()
    },
  }
}
