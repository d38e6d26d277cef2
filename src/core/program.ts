import { messageOf } from './errors.ts'

/**
 * The inner side of a process of our own (its outer side is `startProgram`). Runner and program talk over Node's IPC pipe:
 *
 *   runner  → { start: options }                 once
 *   program → { ready: info } | { failed: text }  once
 *   runner  → { call, method, params }            any number
 *   program → { reply: call, result } | { reply: call, error }
 *   program → { event, data }                     any time
 *
 * When the pipe closes the runner is gone, and so is the reason to live: the program ends at once.
 */
export type FromRunner = { start: unknown } | { call: number; method: string; params: unknown }
export type ToRunner =
  | { ready: unknown }
  | { failed: string }
  | { reply: number; result: unknown }
  | { reply: number; error: string }
  | { event: string; data: unknown }

const goneLimitMs = 15_000

export type Emit = (event: string, data: unknown) => void

export interface ServedProgram {
  /** Told to the runner once, when the program is ready. */
  info?: unknown
  /** What the runner may call. */
  methods?: Record<string, (params: never) => unknown>
  /** Before the process ends because the runner is gone or said so; it ends after 15 s even when this hangs. */
  onGone?: () => void | Promise<void>
}

/** Runs `start` with the runner's options, then answers its calls. Ctrl-C is the runner's affair, not ours. */
export function serveProgram<Options>(start: (options: Options, emit: Emit) => Promise<ServedProgram>): void {
  const send = (message: ToRunner) => {
    if (process.connected) process.send?.(message, () => undefined)
  }
  let served: ServedProgram = {}
  process.on('SIGINT', () => undefined)
  process.on('disconnect', async () => {
    setTimeout(() => process.exit(1), goneLimitMs)
    try {
      await served.onGone?.()
    } finally {
      process.exit(0)
    }
  })
  // The pipe may have closed while our modules were loading: the start that is still queued must not be begun.
  if (process.connected === false) process.exit(0)
  process.on('message', async (message: FromRunner) => {
    if ('start' in message) {
      try {
        served = await start(message.start as Options, (event, data) => send({ event, data }))
        send({ ready: served.info ?? null })
      } catch (error) {
        send({ failed: messageOf(error) })
      }
      return
    }
    try {
      const method = served.methods?.[message.method]
      if (!method) throw new Error(`no method "${message.method}"`)
      send({ reply: message.call, result: (await method(message.params as never)) ?? null })
    } catch (error) {
      send({ reply: message.call, error: messageOf(error) })
    }
  })
}
