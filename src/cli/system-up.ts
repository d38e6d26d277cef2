import { startSystem } from '../run/up.ts'
import { exitWith } from './exit.ts'
import type { PlayOptions } from './options.ts'
import { complain } from './safe-text.ts'
import { stayUp } from './stay-up.ts'

export function up(options: PlayOptions): Promise<void> {
  return exitWith(() =>
    stayUp(options, {
      proxied: false,
      roles: ['redis'],
      async start({ prepared, engines, session, store }) {
        const { topology } = prepared.plan
        const onDeath = (instance: string) => complain(`${instance} died, see its log`)
        const { readyMs } = await startSystem(prepared, engines, session, { log: (name) => store.log(name), onDeath })
        const lines = topology.instances.map(
          ({ id, kind, host, port }) => `  ${id.padEnd(16)}${kind === 'redis' ? 'redis' : 'http'}://${host}:${port}`,
        )
        return [
          `${topology.name} is up after ${Math.round(readyMs)} ms; logs in ${store.folder}/logs; Ctrl-C ends it`,
          ...lines,
          '',
        ].join('\n')
      },
    }),
  )
}
