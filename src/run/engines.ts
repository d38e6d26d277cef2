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
  /** Id of the run. */
  run: string
  hold(child: Child): void
  /** Aborts when the run is over: then nothing needs to become ready any more. */
  signal: AbortSignal
}

/** A proxy server of a run: what injects faults on edges. */
export interface ProxyServer {
  faults: EdgeFaults
  part: Part
  /** It was there before the run, has proxies of others, and goes on when the run is over. */
  outlivesRun: boolean
}

/** Tools that play scenarios: three choices, each made without the others. src/engines/ holds what can be chosen. */
export interface Engines {
  readonly name: string
  /**
   * A server of Toxiproxy's HTTP API without proxies of the run, on that loopback port where it is started for the run.
   * Rejects with `PORT_IN_USE` when another has taken the port.
   */
  startProxies(apiPort: number, context: HoldingContext): Promise<ProxyServer>
  /** A Redis on the instance's address. */
  startRedis(instance: PlannedInstance, context: EngineContext): Promise<{ process: Child; part: Part }>
  load(context: EngineContext): { driver: LoadDriver; part: Part }
}
