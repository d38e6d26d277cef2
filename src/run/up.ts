import type { Engines } from './engines.ts'
import type { Prepared } from './prepare.ts'
import { LiveServices } from './services.ts'
import type { Session } from './session.ts'

export interface UpOptions {
  log(name: string): string
  /** Told when an instance ends though nobody asked it to. */
  onDeath(instance: string): void
}

/** Starts the system alone, without proxies or load; the session ends it. */
export async function startSystem(
  { plan }: Prepared,
  engines: Engines,
  session: Session,
  { log, onDeath }: UpOptions,
): Promise<{ readyMs: number }> {
  const { clock } = session
  const startedAt = clock.now()
  const services = new LiveServices(plan.topology, engines, { seed: plan.seed, log }, session)
  services.onDeath = onDeath
  await services.start()
  return { readyMs: clock.now() - startedAt }
}
