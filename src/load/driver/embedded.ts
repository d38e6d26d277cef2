import { readFileSync } from 'node:fs'
import { type PlayerLoad, playerLoad } from './player.ts'

/** The load generator of our own: a Node process. What it has to say for itself goes to the file `log`. */
export function embeddedLoad({ log }: { log: string }): PlayerLoad {
  const own = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
  return playerLoad({
    name: 'embedded',
    version: own.version,
    module: new URL('./embedded/main.ts', import.meta.url),
    options: null,
    log,
    prepareMs: 20_000,
  })
}
