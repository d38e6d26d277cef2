import { join, resolve } from 'node:path'
import { monotonicClock } from '../core/clock.ts'
import { embeddedEngines } from '../engines/embedded.ts'
import { RunStore } from '../record/store.ts'
import { prepare } from '../run/prepare.ts'
import { openSession } from '../run/session.ts'
import { startSystem } from '../run/up.ts'
import { exitWith } from './exit.ts'
import { newRunId, newSeed } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { print } from './print.ts'
import { endOnSignals } from './signals.ts'
import { version } from './version.ts'

export function up(options: PlayOptions): Promise<void> {
  return exitWith(async () => {
    const prepared = await prepare({
      config: options.config,
      cwd: process.cwd(),
      variants: options.variant,
      only: [],
      seed: options.seed ?? newSeed(),
      proxied: false,
    })
    const home = resolve(prepared.files.folder, options.home)
    const run = newRunId()
    const store = new RunStore(join(home, 'up', run))
    const session = await openSession(run, join(home, 'ledgers'), monotonicClock(), store.log('watcher'))
    endOnSignals(session)
    try {
      const { readyMs } = await startSystem(prepared, embeddedEngines(version), session, (name) => store.log(name))
      const { topology } = prepared.plan
      const lines = topology.instances.map(({ id, host, port }) => `  ${id.padEnd(16)}http://${host}:${port}`)
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
    } finally {
      await session.close()
    }
    const cause = session.endedBy
    if (cause && cause.code !== 'INTERRUPTED' && cause.code !== 'TERMINATED') {
      process.stderr.write(`${cause.message}\n`)
      return cause.exitCode
    }
    return 0
  })
}
