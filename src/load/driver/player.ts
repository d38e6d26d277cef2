import type { Child } from '../../core/child.ts'
import { type Program, startProgram } from '../../core/start-program.ts'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { settled } from '../../core/within.ts'
import type { LoadDriver, LoadPlay } from '../driver.ts'
import type { LoadOrder, LoadSummary, LoadTick } from '../workload.ts'

const abandonMs = 1_000

export interface PlayerPlay extends LoadPlay {
  /** The process that plays. */
  readonly process: Child
}

export interface PlayerLoad extends LoadDriver {
  play(order: LoadOrder, onTick: (tick: LoadTick) => void): Promise<PlayerPlay>
}

/** A program that plays: the methods `prepare`, `begin`, `stop`, `abandon`; the events `tick`, `done`, `failed`. */
export interface PlayerProgram {
  /** Of the driver, for reports. */
  name: string
  version: string
  /** The program's main file. */
  module: URL
  options: unknown
  /** What it has to say for itself goes to this file. */
  log: string
  /** How long it may take until it is ready to send, and until it sends. */
  prepareMs: number
}

/** A process that plays, and who listens to what it plays now: nobody while it is idle. */
interface Player {
  readonly program: Program
  listener: Listener | null
}

/** What the process tells when it cannot go on playing. */
export interface LoadFailure {
  code: string
  why: string
  hint: string | undefined
}

interface Listener {
  onTick(tick: LoadTick): void
  done: PromiseWithResolvers<LoadSummary>
}

/**
 * A load driver whose work is done by a program of ours, so that the runner's event loop stays free. Its process is kept
 * warm from play to play; a play that meets a busy or a dead one gets a process anew.
 */
export function playerLoad(settings: PlayerProgram): PlayerLoad {
  const players: Player[] = []
  const findPlayer = async (listener: Listener) => {
    const idle = players.find((player) => player.listener === null && !player.program.hasExited)
    if (idle) return Object.assign(idle, { listener })
    const player = await startPlayer(settings, listener)
    players.push(player)
    return player
  }
  return {
    name: settings.name,
    version: settings.version,
    async play(order, onTick) {
      const listener: Listener = { onTick, done: Promise.withResolvers() }
      // Whoever plays may not be waiting yet.
      listener.done.promise.catch(() => undefined)
      const player = await findPlayer(listener)
      try {
        await player.program.call('prepare', order, settings.prepareMs)
        return playOf(player, listener, await player.program.call<number>('begin', null, settings.prepareMs))
      } catch (error) {
        await player.program.stop(0)
        throw failed({ code: 'LOAD_FAILED', why: messageOf(error), hint: undefined }, error)
      }
    },
    async close() {
      await Promise.all(players.map(({ program }) => program.stop()))
    },
  }
}

async function startPlayer({ module, options, log }: PlayerProgram, listener: Listener): Promise<Player> {
  const program = await startProgram('load', module, options, { log })
  const player: Player = { program, listener }
  const end = (settle: (done: Listener['done']) => void) => {
    const ended = player.listener
    player.listener = null
    if (ended) settle(ended.done)
  }
  program.on('tick', (tick: LoadTick) => player.listener?.onTick(tick))
  program.on('done', (summary: LoadSummary) => end(({ resolve }) => resolve(summary)))
  program.on('failed', (failure: LoadFailure) => end(({ reject }) => reject(failed(failure))))
  void program.exited.then(({ code, signal }) => end(({ reject }) => reject(died(signal ?? `exit code ${code}`, log))))
  return player
}

function playOf(player: Player, listener: Listener, startedAt: number): PlayerPlay {
  const { program } = player
  const done = listener.done.promise
  const tell = async (method: string) => {
    // The process may be playing something else by now.
    if (player.listener === listener) await program.call(method).catch(() => undefined)
  }
  return {
    startedAt,
    done,
    process: program,
    stop: () => void tell('stop'),
    async [Symbol.asyncDispose]() {
      await settled(
        abandonMs,
        tell('abandon').then(() => done.catch(() => undefined)),
      )
      // A process that does not even let go is of no use for the next play.
      if (player.listener === listener) await program.stop(0)
    },
  }
}

function died(how: string, log: string): BrownoutError {
  return new BrownoutError('LOAD_DIED', `Failed to play the load: its process ended (${how}).`, {
    exitCode: exitCodes.inconclusive,
    hint: `See ${log}.`,
  })
}

function failed({ code, why, hint }: LoadFailure, cause?: unknown): BrownoutError {
  return new BrownoutError(code, `Failed to play the load: ${why}`, {
    exitCode: exitCodes.inconclusive,
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}
