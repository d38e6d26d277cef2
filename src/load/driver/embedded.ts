import { readFileSync } from 'node:fs'
import { type Child, type Program, startProgram } from '../../core/child.ts'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { settled } from '../../core/within.ts'
import type { LoadDriver, LoadPlay } from '../driver.ts'
import type { LoadOrder, LoadSummary, LoadTick } from '../workload.ts'

const abandonMs = 1_000

export interface EmbeddedPlay extends LoadPlay {
  /** The process that plays. */
  readonly process: Child
}

export interface EmbeddedLoad extends LoadDriver {
  play(order: LoadOrder, onTick: (tick: LoadTick) => void): Promise<EmbeddedPlay>
}

/** The load generator of our own: a Node process for each play. What it has to say for itself goes to the file `log`. */
export function embeddedLoad(settings: { log: string }): EmbeddedLoad {
  const own = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
  return {
    name: 'embedded',
    version: own.version,
    async play(order, onTick) {
      const program = await startProgram('load', new URL('./embedded/main.ts', import.meta.url), order, settings)
      program.on('tick', onTick)
      const done = outcomeOf(program, settings.log)
      try {
        return playOf(program, await program.call<number>('begin'), done)
      } catch (error) {
        await program.stop(0)
        throw failed(messageOf(error), error)
      }
    },
  }
}

function outcomeOf(program: Program, log: string): Promise<LoadSummary> {
  const done = new Promise<LoadSummary>((resolve, reject) => {
    program.on('done', resolve)
    program.on('failed', (why: string) => reject(failed(why)))
    void program.exited.then(({ code, signal }) =>
      reject(
        new BrownoutError(
          'LOAD_DIED',
          `Failed to play the load: its process ended (${signal ?? `exit code ${code}`}).`,
          {
            exitCode: exitCodes.inconclusive,
            hint: `See ${log}.`,
          },
        ),
      ),
    )
  })
  // Whoever plays may not be waiting yet; the process has nothing left to do either way.
  void done.catch(() => undefined).then(() => program.stop())
  return done
}

function playOf(program: Program, startedAt: number, done: Promise<LoadSummary>): EmbeddedPlay {
  const tell = (method: string) => program.call(method).catch(() => undefined)
  return {
    startedAt,
    done,
    process: program,
    stop: () => void tell('stop'),
    async [Symbol.asyncDispose]() {
      const abandoned = tell('abandon').then(() => done)
      await settled(
        abandonMs,
        abandoned.catch(() => undefined),
      )
      await program.stop()
    },
  }
}

function failed(why: string, cause?: unknown): BrownoutError {
  return new BrownoutError('LOAD_FAILED', `Failed to play the load: ${why}`, {
    exitCode: exitCodes.inconclusive,
    cause,
  })
}
