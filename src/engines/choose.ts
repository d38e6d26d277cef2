import type { PartName } from '../core/parts.ts'
import type { Engines } from '../run/engines.ts'
import type { EngineChoice, Role } from './choice.ts'
import { embeddedGenerator, realK6 } from './load.ts'
import { embeddedProxies, ownToxiproxy, runningToxiproxy } from './proxies.ts'
import type { ReadyPart } from './parts/inspect.ts'
import { findReady } from './ready-parts.ts'
import { partsOf } from './used-parts.ts'
import { anyRedis, redisServer, redisStandIn } from './redis.ts'

export interface ChooseOptions {
  /** Of Brownout. */
  version: string
  /** What is played at all: a tool that would only be chosen need not be there. */
  roles: readonly Role[]
}

/**
 * The engines of a choice, once every tool that they need was found and is of a version that will do. Starts nothing.
 * Rejects with exit code 6 and all that is missing.
 */
export async function chooseEngines(choice: EngineChoice, { version, roles }: ChooseOptions): Promise<Engines> {
  const { name } = choice
  const load = roles.includes('load') ? choice.load : 'embedded'
  const proxies = roles.includes('proxies') ? choice.proxies : 'embedded'
  const redis = roles.includes('redis') ? choice.redis : 'any'
  const needed = partsOf({ load, proxies, redis }).filter(({ isNeeded }) => isNeeded)
  const running = proxies === 'embedded' || proxies === 'toxiproxy' ? null : proxies
  const ready = await findReady(name, { parts: needed.map(({ part }) => part), toxiproxy: running })
  const the = (part: PartName) => ready.get(part) as ReadyPart

  const startProxies = () => {
    if (running !== null) return runningToxiproxy(running)
    return proxies === 'toxiproxy' ? ownToxiproxy(the('toxiproxy-server')) : embeddedProxies(version)
  }
  const startRedis = () => {
    if (redis === 'any') return anyRedis
    return redis === 'redis-server' ? redisServer(the('redis-server')) : redisStandIn('as it was chosen')
  }
  return {
    name,
    startProxies: startProxies(),
    startRedis: startRedis(),
    load: load === 'k6' ? realK6(the('k6')) : embeddedGenerator,
  }
}
