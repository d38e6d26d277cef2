import { embeddedLoad } from '../../../src/load/driver/embedded.ts'
import type { PlayerLoad } from '../../../src/load/driver/player.ts'
import { byK6 } from '../../load/k6-plays.ts'

/** Every load driver; `log` is a file. */
export const drivers = {
  embedded: embeddedLoad,
  k6: byK6,
} satisfies Record<string, (settings: { log: string }) => PlayerLoad>

export type DriverName = keyof typeof drivers
export const driverNames = Object.keys(drivers) as DriverName[]
