import type { Engines } from '../../src/run/engines.ts'
import { embeddedGenerator } from '../../src/engines/load.ts'
import { embeddedProxies } from '../../src/engines/proxies.ts'
import { anyRedis } from '../../src/engines/redis.ts'

/** Proxies, taps and load of our own: all that is needed is Node. Redis is the machine's, or a stand-in. */
export function embeddedEngines(version: string): Engines {
  return { name: 'embedded', startProxies: embeddedProxies(version), startRedis: anyRedis, load: embeddedGenerator }
}
