import { fork } from 'node:child_process'
import { closeSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asChild, type Child, type Exit } from './child.ts'
import { EarlyEvents } from './early-events.ts'
import { BrownoutError, exitCodes } from './errors.ts'
import type { FromRunner, ToRunner } from './program.ts'
import { openToAppend } from './unwritable.ts'
import { settled, within } from './within.ts'

/** A program of our own, and the calls it answers. */
export interface Program extends Child {
  readonly info: unknown
  call<Result>(method: string, params?: unknown, timeoutMs?: number): Promise<Result>
  on(event: string, listener: (data: never) => void): void
  /** Closes the pipe, which ends it; kills it after `graceMs`. */
  stop(graceMs?: number): Promise<Exit>
}

const fromSource = import.meta.url.endsWith('.ts')

/** What this process compiled, its own programs need not compile again. */
function withCompileCache(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  return folder === undefined ? env : { ...env, NODE_COMPILE_CACHE: dirname(folder) }
}

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
  const { readyMs = 20_000 } = settings
  const log = settings.log === undefined ? 'ignore' : openToAppend(settings.log)
  const started = fork(path, [], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: withCompileCache(process.env),
    execArgv: fromSource ? ['--conditions=@brownout/source'] : [],
    serialization: 'advanced',
  })
  if (typeof log === 'number') closeSync(log)
  const child = asChild(name, started)
  const events = new EarlyEvents()
  const pending = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let calls = 0
  const trouble = (code: string, message: string) =>
    new BrownoutError(code, message, {
      exitCode: exitCodes.inconclusive,
      ...(settings.log === undefined ? {} : { hint: `Read its log: ${settings.log}` }),
    })

  const ready = new Promise<unknown>((resolve, reject) => {
    started.on('message', (message: ToRunner) => {
      if ('ready' in message) resolve(message.ready)
      else if ('failed' in message) reject(trouble('PROGRAM_FAILED', `Failed to start "${name}": ${message.failed}`))
      else if ('event' in message) events.emit(message.event, message.data)
      else if ('error' in message) pending.get(message.reply)?.reject(new Error(message.error))
      else pending.get(message.reply)?.resolve(message.result as never)
    })
    const gone = (why: string) => {
      const error = trouble('PROGRAM_GONE', `"${name}" ended: ${why}`)
      reject(error)
      for (const call of pending.values()) call.reject(error)
    }
    started.once('error', (error) => gone(error.message))
    started.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
  })
  ready.catch(() => undefined)
  let info: unknown
  try {
    const start: FromRunner = { start: options }
    started.send(start, () => undefined)
    info = await within(readyMs, ready, () =>
      trouble('PROGRAM_NOT_READY', `Failed to start "${name}": not ready in ${readyMs} ms.`),
    )
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
    async call(method, params = null, timeoutMs = 5_000) {
      if (child.hasExited || !started.connected) throw trouble('PROGRAM_GONE', `"${name}" has ended`)
      const call = ++calls
      const reply = new Promise<never>((resolve, reject) => pending.set(call, { resolve, reject }))
      try {
        const message: FromRunner = { call, method, params }
        started.send(message, (error) => error && pending.get(call)?.reject(error))
        return await within(timeoutMs, reply, () =>
          trouble('PROGRAM_SILENT', `"${name}" did not answer "${method}" in ${timeoutMs} ms`),
        )
      } finally {
        pending.delete(call)
      }
    },
    on: (event, listener) => events.on(event, listener),
    async stop(graceMs = 1_000) {
      if (started.connected) started.disconnect()
      return (await settled(graceMs, child.exited)) ?? child.stop(0)
    },
  }
}
