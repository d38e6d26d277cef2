import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Call } from '../chassis/call.ts'
import type { Guard } from '../chassis/guard.ts'
import { background } from '../chassis/trace.ts'
import type { Message, Outbox } from './outbox.ts'

const atOnce = 16
const pauseMs = 50

export interface DispatcherOptions {
  outbox: Outbox
  call: Call
  guard: Guard
  log: FastifyBaseLogger
}

/**
 * Carries messages from the outbox to notifications, for ever and at least once. One batch is over before the next begins,
 * so no message is under way twice; and a batch is over in time, because the guard gives each call up.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #running: Promise<void>
  #failing = false
  #closed = false

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  /** Resolves when nothing is under way any more. */
  close(): Promise<void> {
    this.#closed = true
    return this.#running
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const more = await this.#sendBatch()
      if (!more) await sleep(pauseMs)
    }
  }

  /** Whether there may be more to send right now. */
  async #sendBatch(): Promise<boolean> {
    const batch = this.#options.outbox.waiting(atOnce)
    if (batch.length === 0) return false
    const outcomes = await Promise.allSettled(batch.map((message) => this.#send(message)))
    const failures = outcomes.filter(({ status }) => status === 'rejected').length
    this.#tell(batch.length, failures)
    return failures === 0 && batch.length === atOnce
  }

  async #send(message: Message): Promise<void> {
    const { call, guard, outbox } = this.#options
    await guard.execute(async ({ signal }) => {
      const { status } = await call(background(), { method: 'POST', path: '/messages', body: message }, signal)
      if (status !== 202) throw new Error(`notifications answered with ${status}`)
    })
    outbox.sent(message)
  }

  #tell(messages: number, failures: number): void {
    const failing = failures > 0
    if (failing !== this.#failing)
      this.#options.log.info({ messages, failures }, failing ? 'messages wait' : 'messages go out again')
    this.#failing = failing
  }
}
