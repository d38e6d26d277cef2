import { type ChildProcess, fork, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BrownoutError, exitCodes } from './errors.ts'
import type { FromRunner, ToRunner } from './program.ts'

/** The one door to other processes. All are detached from the terminal's group: Ctrl-C reaches the runner alone. */
export interface Exit {
  code: number | null
  signal: string | null
}

/** A process, known by its id and the moment it started, so that a reused id is never taken for it. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks since boot (field 22 of /proc/pid/stat), or `null` where there is no /proc. */
  startTicks: string | null
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

/** A program of our own, and the calls it answers. */
export interface Program extends Child {
  readonly info: unknown
  call<Result>(method: string, params?: unknown, timeoutMs?: number): Promise<Result>
  on(event: string, listener: (data: never) => void): void
  /** Closes the pipe, which ends it; kills it after `graceMs`. */
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
  const log = openSync(options.log, 'a')
  try {
    const [file, ...args] = options.command
    const started = spawn(file as string, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', log, log],
      detached: true,
    })
    await new Promise<void>((resolve, reject) => {
      started.once('spawn', resolve)
      started.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new BrownoutError(
            'CANNOT_START',
            `Failed to start "${options.name}": ${options.command.join(' ')}: ${error.message}`,
            {
              exitCode: exitCodes.inconclusive,
              hint: `Try the command by hand in ${options.cwd}.`,
              cause: error,
            },
          ),
        ),
      )
    })
    return wrap(options.name, started)
  } finally {
    closeSync(log)
  }
}

const fromSource = import.meta.url.endsWith('.ts')

/**
 * Starts a program of our own (a module that calls `serveProgram`) and waits until it is ready. `module` is the URL of
 * its main file beside the caller: `new URL('./main.ts', import.meta.url)`; in the build it is found as `.js`.
 */
export async function startProgram(
  name: string,
  module: URL,
  options: unknown,
  settings: { log?: string; readyMs?: number } = {},
): Promise<Program> {
  const path = fileURLToPath(fromSource ? module : new URL(module.href.replace(/\.ts$/, '.js')))
  const log = settings.log === undefined ? 'ignore' : openSync(settings.log, 'a')
  const started = fork(path, [], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: fromSource ? ['--conditions=@brownout/source'] : [],
    serialization: 'advanced',
  })
  if (typeof log === 'number') closeSync(log)
  const child = wrap(name, started)
  const pending = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  const listeners = new Map<string, ((data: never) => void)[]>()
  let calls = 0

  const ready = new Promise<unknown>((resolve, reject) => {
    started.on('message', (message: ToRunner) => {
      if ('ready' in message) resolve(message.ready)
      else if ('failed' in message)
        reject(
          new BrownoutError('PROGRAM_FAILED', `Failed to start "${name}": ${message.failed}`, {
            exitCode: exitCodes.inconclusive,
          }),
        )
      else if ('event' in message)
        for (const listener of listeners.get(message.event) ?? []) listener(message.data as never)
      else {
        const call = pending.get(message.reply)
        pending.delete(message.reply)
        if ('error' in message) call?.reject(new Error(message.error))
        else call?.resolve(message.result as never)
      }
    })
    const gone = (why: string) => {
      const error = new BrownoutError('PROGRAM_GONE', `"${name}" ended: ${why}`, { exitCode: exitCodes.inconclusive })
      reject(error)
      for (const call of pending.values()) call.reject(error)
      pending.clear()
    }
    started.once('error', (error) => gone(error.message))
    started.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
    if (settings.readyMs !== undefined) setTimeout(() => gone('not ready in time'), settings.readyMs).unref()
  })
  started.send({ start: options } satisfies FromRunner, () => undefined)
  let info: unknown
  try {
    info = await ready
  } catch (error) {
    await child.stop(0)
    throw error
  }
  return {
    ...child,
    get hasExited() {
      return child.hasExited
    },
    info,
    call: (method, params = null, timeoutMs = 5_000) =>
      new Promise((resolve, reject) => {
        const call = ++calls
        const limit = setTimeout(() => {
          pending.delete(call)
          reject(
            new BrownoutError('PROGRAM_SILENT', `"${name}" did not answer "${method}" in ${timeoutMs} ms`, {
              exitCode: exitCodes.inconclusive,
            }),
          )
        }, timeoutMs)
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value) => {
            clearTimeout(limit)
            then(value)
          }
        if (child.hasExited || !started.connected) {
          clearTimeout(limit)
          reject(new BrownoutError('PROGRAM_GONE', `"${name}" has ended`, { exitCode: exitCodes.inconclusive }))
          return
        }
        pending.set(call, { resolve: settle(resolve), reject: settle(reject) })
        started.send(
          { call, method, params } satisfies FromRunner,
          (error) => error && pending.get(call)?.reject(error),
        )
      }),
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    async stop(graceMs = 1_000) {
      if (started.connected) started.disconnect()
      const graceful = await Promise.race([child.exited, new Promise<null>((r) => setTimeout(r, graceMs, null))])
      return graceful ?? child.stop(0)
    },
  }
}

function wrap(name: string, started: ChildProcess): Child {
  const pid = started.pid as number
  let exit: Exit | null = null
  const exited = new Promise<Exit>((resolve) => {
    started.once('exit', (code, signal) => resolve((exit = { code, signal })))
    started.once('error', () => resolve((exit ??= { code: null, signal: null })))
  })
  const child: Child = {
    name,
    identity: { pid, startTicks: startTicks(pid) },
    exited,
    get hasExited() {
      return exit !== null
    },
    signal(signal) {
      signalGroup(pid, signal)
    },
    async stop(graceMs = 2_000) {
      if (exit) return exit
      if (graceMs > 0) {
        signalGroup(pid, 'SIGTERM')
        await Promise.race([exited, new Promise((r) => setTimeout(r, graceMs))])
      }
      // The group outlives its leader: what the command itself started is ended too.
      signalGroup(pid, 'SIGKILL')
      return exited
    },
  }
  return child
}

/** Signals a detached process and all of its group; nothing happens when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: already gone
  }
}

/** When the process started, to tell it from a later one with the same id; `null` when it is gone or there is no /proc. */
export function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold anything; fields are counted after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** Whether the very process that was recorded is still alive. */
export function isAlive({ pid, startTicks: recorded }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return recorded === null || startTicks(pid) === recorded
}
