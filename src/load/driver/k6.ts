import { dirname } from 'node:path'
import { type PlayerLoad, playerLoad } from './player.ts'

export interface K6Settings {
  /** What the tools have to say for themselves goes here; its folder is also where k6 finds its order. */
  log: string
  /** The k6 binary, and the version it told (`askVersion`). */
  file: string
  version: string
}

/** A real k6: it sends and delivers, a Node process of ours beside it checks and records. One k6 process per play. */
export function k6Load({ log, file, version }: K6Settings): PlayerLoad {
  return playerLoad({
    name: 'k6',
    version,
    module: new URL('./k6/main.ts', import.meta.url),
    options: { file, folder: dirname(log) },
    log,
    prepareMs: 60_000,
  })
}
