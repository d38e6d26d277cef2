import type { Engines } from './engines.ts'
import type { Prepared } from './prepare.ts'
import { LiveServices } from './services.ts'
import type { Session } from './session.ts'

/** Starts the system alone, without proxies or load, until the session ends. */
export async function startSystem(
  { plan }: Prepared,
  engines: Engines,
  session: Session,
  log: (name: string) => string,
): Promise<{ readyMs: number }> {
  const { clock } = session
  const startedAt = clock.now()
  const services = new LiveServices(plan.topology, engines, { seed: plan.seed, log }, session)
  await services.start()
  return { readyMs: clock.now() - startedAt }
}
