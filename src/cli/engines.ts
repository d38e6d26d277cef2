import type { EngineChoice, Role } from '../engines/choice.ts'
import { chooseEngines } from '../engines/choose.ts'
import type { Engines } from '../run/engines.ts'
import type { Prepared } from '../run/prepare.ts'
import { version } from './version.ts'

/** The chosen engines, as far as the `roles` are played and the system has a Redis at all. Starts nothing. */
export function enginesFor(choice: EngineChoice, { plan }: Prepared, roles: readonly Role[]): Promise<Engines> {
  const hasRedis = plan.topology.instances.some(({ kind }) => kind === 'redis')
  return chooseEngines(choice, { version, roles: roles.filter((role) => role !== 'redis' || hasRedis) })
}
