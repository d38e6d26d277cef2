import { embeddedLoad } from '../load/driver/embedded.ts'
import { k6Load } from '../load/driver/k6.ts'
import type { Engines } from '../run/engines.ts'
import type { ReadyPart } from './parts/inspect.ts'

type Load = Engines['load']

export const embeddedGenerator: Load = ({ log }) => {
  const driver = embeddedLoad({ log: log('load') })
  return { driver, part: { role: 'load', name: `${driver.name} generator`, version: driver.version } }
}

export function realK6({ file, version }: ReadyPart): Load {
  return ({ log }) => ({
    driver: k6Load({ log: log('load'), file, version }),
    part: { role: 'load', name: 'k6', version },
  })
}
