import { join, resolve } from 'node:path'
import { readEngines } from '../engines/choice.ts'
import { markLive } from '../record/live.ts'
import { RunStore } from '../record/store.ts'
import { prepare } from '../run/prepare.ts'
import { startSystem } from '../run/up.ts'
import { enginesFor } from './engines.ts'
import { exitWith } from './exit.ts'
import { newRunId, newSeed, today } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { complain } from './safe-text.ts'
import { stayUp } from './stay-up.ts'

export function up(options: PlayOptions): Promise<void> {
  return exitWith(async () => {
    const choice = readEngines(options.engines)
    const home = resolve(options.home)
    const run = newRunId()
    const folder = join(home, 'up', run)
    using _live = markLive(folder)
    const store = new RunStore(folder)
    const prepared = await prepare({
      config: options.config,
      cwd: process.cwd(),
      variants: options.variant,
      only: [],
      seed: options.seed ?? newSeed(),
      today: today(),
      data: join(store.folder, 'data'),
      proxied: false,
    })
    const engines = await enginesFor(choice, prepared, ['redis'])
    return await stayUp({
      run,
      home,
      log: store.log('watcher'),
      async start(session) {
        const onDeath = (instance: string) => complain(`${instance} died, see its log`)
        const log = (name: string) => store.log(name)
        const { readyMs } = await startSystem(prepared, engines, session, { log, onDeath })
        const { topology } = prepared.plan
        const lines = topology.instances.map(
          ({ id, kind, host, port }) => `  ${id.padEnd(16)}${kind === 'redis' ? 'redis' : 'http'}://${host}:${port}`,
        )
        return [
          `${topology.name} is up after ${Math.round(readyMs)} ms; logs in ${store.folder}/logs; Ctrl-C ends it`,
          ...lines,
          '',
        ].join('\n')
      },
    })
  })
}
