import type { Clock } from '../core/clock.ts'
import type { Row } from '../contract/define.ts'
import { formatMs } from '../core/duration.ts'
import { unlessAborted, within } from '../core/within.ts'
import type { FaultTools } from '../fault/fault-tools.ts'
import type { LoadDriver } from '../load/driver.ts'
import type { Part } from '../record/record.ts'
import type { System } from '../system/define.ts'
import type { Edge, Instance } from '../system/topology.ts'
import type { TapSnapshot } from '../tap/counts.ts'
import type { Engines } from './engines.ts'
import type { Plan } from './plan.ts'
import { type LiveEdges, startEdges } from './proxies.ts'
import { LiveServices } from './services.ts'
import type { Session } from './session.ts'

const stateLimitMs = 30_000

/** The system as it runs, and faults can be put into it. */
export interface RunningSystem {
  clock: Clock
  parts: Part[]
  services: LiveServices
  faults: FaultTools
  snapshot(label: string): Promise<TapSnapshot>
  /** Sets a provider state up; one empty row when it yields none. */
  enterState(state: string): Promise<readonly Row[]>
}

/** With everything a scenario needs of it. */
export interface LiveSystem extends RunningSystem {
  load: LoadDriver
}

export interface BringUpInput {
  plan: Plan
  system: System
  engines: Engines
  session: Session
  apiPort: number
  doorOf(provider: string): string
  log(name: string): string
}

/** Starts taps, proxies and services, in this order, and the load driver; everything started is held by the session. */
export async function bringUp(input: BringUpInput): Promise<LiveSystem> {
  const { engines, session, log, plan } = input
  const system = await bringUpSystem(input)
  const { driver, part } = engines.load({ seed: plan.seed, log })
  session.scope.hold('load', () => driver.close())
  const [proxies, ...others] = system.parts
  return { ...system, parts: [...(proxies ? [proxies] : []), part, ...others], load: driver }
}

/** The same without a load driver. */
export async function bringUpSystem(input: BringUpInput): Promise<RunningSystem> {
  const { plan, system, engines, session } = input
  const { topology, seed } = plan
  const context = { seed, log: input.log }
  const edges = await startEdges({ topology, apiPort: input.apiPort, engines, context, session })
  const services = new LiveServices(topology, engines, context, session)
  await services.start()
  const { clock } = session
  return {
    clock,
    parts: [edges.part, ...services.parts],
    services,
    faults: faultTools(topology, edges, services, session),
    snapshot: async (label) => ({ at: clock.now(), label, edges: await edges.counts() }),
    async enterState(state) {
      const entered = Promise.resolve(system.states?.[state]?.({ url: input.doorOf }))
      const late = () => new Error(`its handler took longer than ${formatMs(stateLimitMs)}`)
      const rows = await unlessAborted(session.signal, within(stateLimitMs, entered, late))
      return Array.isArray(rows) ? rows : [(rows as Row | undefined) ?? {}]
    },
  }
}

function faultTools(
  topology: { edges: readonly Edge[]; instances: readonly Instance[] },
  edges: LiveEdges,
  services: LiveServices,
  { clock, signal, ledger }: Session,
): FaultTools {
  return {
    clock,
    signal,
    ledger,
    edges: edges.faults,
    edge: (id) => topology.edges.find((edge) => edge.id === id) as Edge,
    probe: ({ instance }) => (topology.instances.find(({ id }) => id === instance) as Instance).probe,
    processes: services,
    restartProxies: edges.restartProxies,
  }
}
