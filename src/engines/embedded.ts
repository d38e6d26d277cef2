import { startProgram } from '../core/child.ts'
import { connectToxiproxy } from '../fault/driver/toxiproxy.ts'
import { embeddedLoad } from '../load/driver/embedded.ts'
import type { Engines } from '../run/engines.ts'
import { startRedis } from './redis.ts'

/** Proxies, taps and load of our own: all that is needed is Node. Redis is the machine's, or a stand-in. */
export function embeddedEngines(version: string): Engines {
  return {
    name: 'embedded',
    async startProxies(port, { seed, log, hold }) {
      const options = { host: '127.0.0.1', port, seed }
      const process = await startProgram('toxiproxy', new URL('../toxiproxy/main.ts', import.meta.url), options, {
        log: log('toxiproxy'),
      })
      hold(process)
      const faults = await connectToxiproxy(`http://127.0.0.1:${port}`)
      return { faults, part: { role: 'proxies', name: 'embedded Toxiproxy', version } }
    },
    startRedis,
    load({ log }) {
      const driver = embeddedLoad({ log: log('load') })
      return { driver, part: { role: 'load', name: `${driver.name} generator`, version: driver.version } }
    },
  }
}
