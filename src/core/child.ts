import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync } from 'node:fs'
import { BrownoutError, exitCodes, messageOf } from './errors.ts'
import { identify, type ProcessIdentity, signalGroup } from './process-identity.ts'
import { openToAppend } from './unwritable.ts'
import { settled } from './within.ts'

/** The door to other processes. All are detached from the terminal's group: Ctrl-C reaches the runner alone. */
export interface Exit {
  code: number | null
  signal: string | null
}

export interface Child {
  readonly name: string
  readonly identity: ProcessIdentity
  readonly exited: Promise<Exit>
  readonly hasExited: boolean
  /** Sends `signal` to the process and all that it started. */
  signal(signal: NodeJS.Signals): void
  /** SIGTERM, and SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs?: number): Promise<Exit>
}

export interface CommandOptions {
  name: string
  command: readonly string[]
  cwd: string
  env: Record<string, string>
  /** Standard output and error go here. */
  log: string
}

/** Starts a command (a service, a tool). Rejects when the command cannot be started at all. */
export async function startCommand(options: CommandOptions): Promise<Child> {
  const { name, command, cwd, env } = options
  const log = openToAppend(options.log)
  try {
    const [file = '', ...args] = command
    const started = spawn(file, args, { cwd, env, stdio: ['ignore', log, log], detached: true })
    await once(started, 'spawn')
    return asChild(name, started)
  } catch (error) {
    // Node blames the command (ENOENT) when it is the folder that is missing.
    const why = existsSync(cwd) ? messageOf(error) : `there is no folder ${cwd}`
    throw new BrownoutError('CANNOT_START', `Failed to start "${name}": ${command.join(' ')}: ${why}.`, {
      exitCode: exitCodes.inconclusive,
      hint: `Try the command by hand in ${cwd}.`,
      cause: error,
    })
  } finally {
    closeSync(log)
  }
}

/** A process that was just started: its id is kept, and its group ends with it. */
export function asChild(name: string, started: ChildProcess): Child {
  const pid = started.pid as number
  let exit: Exit | null = null
  const exited = new Promise<Exit>((resolve) => {
    started.once('exit', (code, signal) => {
      // The group outlives its leader: what the command itself started is ended too, before the id is used again.
      signalGroup(pid, 'SIGKILL')
      resolve((exit = { code, signal }))
    })
    started.on('error', () => {
      // Without an id it never ran; any other error (a message that cannot be sent) does not end it.
      if (started.pid === undefined) resolve((exit ??= { code: null, signal: null }))
    })
  })
  return {
    name,
    identity: identify(pid),
    exited,
    get hasExited() {
      return exit !== null
    },
    signal(signal) {
      if (!exit) signalGroup(pid, signal)
    },
    async stop(graceMs = 2_000) {
      if (exit) return exit
      if (graceMs > 0) {
        signalGroup(pid, 'SIGTERM')
        const graceful = await settled(graceMs, exited)
        if (graceful) return graceful
      }
      signalGroup(pid, 'SIGKILL')
      return exited
    },
  }
}
