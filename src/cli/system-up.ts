import { join, resolve } from 'node:path'
import { monotonicClock } from '../core/clock.ts'
import { readEngines } from '../engines/choice.ts'
import { markLive } from '../record/live.ts'
import { RunStore } from '../record/store.ts'
import { prepare } from '../run/prepare.ts'
import { openSession } from '../run/session.ts'
import { startSystem } from '../run/up.ts'
import { enginesFor } from './engines.ts'
import { exitWith } from './exit.ts'
import { newRunId, newSeed, today } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals, sessionIsOver } from './signals.ts'

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
    const session = await openSession(run, join(home, 'ledgers'), monotonicClock(), store.log('watcher'))
    endOnSignals(session)
    try {
      const onDeath = (instance: string) => complain(`${instance} died, see its log`)
      const { readyMs } = await startSystem(prepared, engines, session, {
        log: (name) => store.log(name),
        onDeath,
      })
      const { topology } = prepared.plan
      const lines = topology.instances.map(
        ({ id, kind, host, port }) => `  ${id.padEnd(16)}${kind === 'redis' ? 'redis' : 'http'}://${host}:${port}`,
      )
      print(
        [
          `${topology.name} is up after ${Math.round(readyMs)} ms; logs in ${store.folder}/logs; Ctrl-C ends it`,
          ...lines,
          '',
        ].join('\n'),
      )
      await new Promise<void>((done) => {
        // The timer keeps the process alive; the session's end is the only way out.
        const alive = setInterval(() => undefined, 60_000)
        const leave = () => {
          clearInterval(alive)
          done()
        }
        if (session.over) leave()
        session.signal.addEventListener('abort', leave, { once: true })
      })
    } catch (error) {
      session.fail(error)
    }
    const failures = await session.close()
    sessionIsOver()
    for (const { what, why } of failures) complain(`could not end ${what}: ${why}`)
    const cause = session.endedBy
    if (cause && cause.code !== 'INTERRUPTED' && cause.code !== 'TERMINATED') {
      complain([cause.message, cause.hint].filter((line) => line !== undefined).join('\n'))
      return cause.exitCode
    }
    return 0
  })
}
