import type { Child } from '../core/child.ts'
import { type Program, startProgram } from '../core/start-program.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { freePorts } from '../core/ports.ts'
import type { EdgeFaults } from '../fault/edge-faults.ts'
import type { Part } from '../record/record.ts'
import type { Edge, Instance } from '../system/topology.ts'
import type { TapCounts } from '../tap/counts.ts'
import type { EngineContext, Engines, ProxyServer } from './engines.ts'
import { borrowServer } from './borrowed-proxies.ts'
import type { Session } from './session.ts'

/** The way of every edge: consumer → proxy → tap → provider. */
export interface LiveEdges {
  faults: EdgeFaults
  part: Part
  counts(): Promise<Record<string, TapCounts>>
  /**
   * Ends the proxy server and starts a fresh one on the same ports: every fault on an edge is gone with the old one.
   * `null` for one that is not the run's own.
   */
  restartProxies: (() => Promise<void>) | null
}

export interface EdgesInput {
  topology: { edges: readonly Edge[]; instances: readonly Instance[] }
  apiPort: number
  engines: Engines
  context: EngineContext
  session: Session
}

/** How many ports are tried when others are faster to take them. */
const portsTried = 3

export async function startEdges(input: EdgesInput): Promise<LiveEdges> {
  const { topology, engines, context, session } = input
  const { edges } = topology
  const taps: Program = await startProgram(
    'taps',
    new URL('../tap/main.ts', import.meta.url),
    { edges: edges.map(({ id, tap, upstream }) => ({ id, listen: tap, upstream })) },
    { log: context.log('taps') },
  )
  session.hold(taps, { code: 'TAPS_DIED', exitCode: exitCodes.inconclusive })

  let stopServer = async (_graceMs: number): Promise<unknown> => undefined
  const hold = (child: Child) => {
    const { stop } = session.hold(child, { code: 'PROXIES_DIED', exitCode: exitCodes.inconclusive })
    stopServer = stop
  }
  const settings = { ...context, run: session.run, hold, signal: session.signal }
  const openAll = (server: ProxyServer) => Promise.all(edges.map((edge) => server.faults.open(edge)))

  let port = input.apiPort
  let server: ProxyServer | null = null
  for (let tries = 1; server === null; tries++) {
    try {
      server = await engines.startProxies(port, settings)
    } catch (error) {
      const isTaken = error instanceof BrownoutError && error.code === 'PORT_IN_USE'
      if (!isTaken || tries === portsTried) throw error
      await stopServer(0)
      ;[port = 0] = await freePorts(1, { taken: portsOf(topology) })
    }
  }
  const borrowed = server.outlivesRun ? await borrowServer(server.faults, edges, session) : null
  await openAll(server)
  await borrowed?.checkPlace()
  let restarting: Promise<void> | null = null
  const restart = async () => {
    await stopServer(500)
    await openAll(await engines.startProxies(port, settings))
  }
  return {
    faults: server.faults,
    part: server.part,
    counts: () => taps.call('counts'),
    // Several undos may climb that high at once; one fresh server does for all.
    restartProxies: borrowed ? null : () => (restarting ??= restart().finally(() => (restarting = null))),
  }
}

/** All that the run's plan has given away, whether somebody listens there yet or not. */
function portsOf({ edges, instances }: EdgesInput['topology']): Set<number> {
  const addresses = [...instances, ...edges.flatMap(({ proxy, tap, upstream }) => [proxy, tap, upstream])]
  return new Set(addresses.map(({ port }) => port))
}
