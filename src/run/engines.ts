import type { Child } from '../core/child.ts'
import type { EdgeFaults } from '../fault/edge-faults.ts'
import type { LoadDriver } from '../load/driver.ts'
import type { Part } from '../record/record.ts'
import type { PlannedInstance } from '../system/resolve.ts'

/** What an engine may use: where to log, and the seed of the run. */
export interface EngineContext {
  seed: number
  /** File for the output of a process of that name. */
  log(name: string): string
}

/** For engines that start what the run itself must not lose: `hold` is called right after the start, before all else. */
export interface HoldingContext extends EngineContext {
  hold(child: Child): void
}

/** A proxy server of a run: what injects faults on edges. */
export interface ProxyServer {
  faults: EdgeFaults
  part: Part
}

/** One choice of tools that plays scenarios; src/engines/ holds the choices. */
export interface Engines {
  readonly name: string
  /** A server of Toxiproxy's HTTP API on that loopback port, without proxies. */
  startProxies(apiPort: number, context: HoldingContext): Promise<ProxyServer>
  /** A Redis on the instance's address. */
  startRedis(instance: PlannedInstance, context: EngineContext): Promise<{ process: Child; part: Part }>
  load(context: EngineContext): { driver: LoadDriver; part: Part }
}
