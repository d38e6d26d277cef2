import type { Dispatcher } from 'undici'
import type { Clock } from '../../../core/clock.ts'
import { messageOf } from '../../../core/errors.ts'
import { bodyLimitBytes, type Ending } from '../../answers/ending.ts'
import type { Outgoing } from '../../arrivals/outgoing.ts'
import type { TransportError } from '../../sample.ts'
import type { Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { transportErrorOf } from './transport-error.ts'
import { unpack } from './unpack.ts'

/**
 * One request and its answer. `onEnd` is called once, unless the exchange is dropped.
 *
 * A server may close a connection at the very moment it is used again. Then nothing of an answer comes, and the request
 * is sent once more on a new connection, as k6 (Go's http.Transport) does: if it is a GET or HEAD, or if it was
 * never written. That time counts: `took` runs from the first sending.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #outgoing: Outgoing
  readonly #connections: Connections
  readonly #clock: Clock
  readonly #onEnd: (ending: Ending) => void
  readonly #timeoutMs: number
  readonly sentAt: number
  #timer: NodeJS.Timeout | undefined
  #connection: Connection
  #controller: Dispatcher.DispatchController | null = null
  #reused = false
  #written = false
  #retried = false
  #bytesBefore = 0
  #status = 0
  #headers: Record<string, string> = {}
  #chunks: Buffer[] = []
  #size = 0
  #over = false

  constructor(
    outgoing: Outgoing,
    connections: Connections,
    clock: Clock,
    timeoutMs: number,
    onEnd: (ending: Ending) => void,
  ) {
    this.#outgoing = outgoing
    this.#connections = connections
    this.#clock = clock
    this.#onEnd = onEnd
    this.#timeoutMs = timeoutMs
    this.sentAt = clock.now()
    this.#connection = connections.take()
  }

  /** To be called once, right after the making: it may end before this returns. */
  send(): void {
    const limit = this.#timeoutMs
    this.#timer = setTimeout(() => this.#fail('timeout', `no complete answer in ${limit} ms`), limit)
    this.#dispatch()
  }

  /** Ends it without a word. */
  drop(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#connection.destroy()
  }

  #dispatch(): void {
    const { method, path, headers, body } = this.#outgoing
    this.#reused = this.#connection.exchanges > 0
    this.#written = false
    // `reset: false`: undici would close the connection after each HEAD.
    this.#connection.client.dispatch({ method, path, headers, body, reset: false }, this)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#written = true
    // undici may have replaced an idle socket that was found closed before anything was written to it.
    this.#reused = this.#connection.exchanges > 0
    this.#connection.exchanges += 1
    this.#bytesBefore = this.#connection.bytesRead
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status
    this.#headers = flat(headers)
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#over) return
    this.#size += chunk.byteLength
    this.#chunks.push(chunk)
    if (this.#size > bodyLimitBytes) this.#fail('too large', `the body is larger than ${bodyLimitBytes} bytes`)
  }

  onResponseEnd(): void {
    // undici takes a body without a stated length as complete when its connection is reset.
    const failure = this.#connection.failure
    if (failure) return this.#end(transportErrorOf(failure), failure.message)
    const packed = this.#headers['content-encoding']
    if (packed === undefined) return this.#end('none', null)
    try {
      this.#chunks = [unpack(this.#body(), packed)]
      this.#end('none', null)
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      this.#end(isTooLarge ? 'too large' : 'protocol', `the body is not "${packed}": ${messageOf(error)}`)
    }
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#over) return
    const failure = this.#connection.failure ?? error
    const kind = transportErrorOf(failure)
    if (!this.#mayTryAgain(kind)) return this.#end(kind, failure.message)
    this.#retried = true
    this.#controller = null
    this.#connection = this.#connections.open()
    this.#dispatch()
  }

  #mayTryAgain(kind: TransportError): boolean {
    if (this.#retried || !this.#reused || (kind !== 'reset' && kind !== 'closed')) return false
    const { method } = this.#outgoing
    return (
      !this.#written || ((method === 'GET' || method === 'HEAD') && this.#connection.bytesRead === this.#bytesBefore)
    )
  }

  #fail(kind: TransportError, detail: string): void {
    this.#end(kind, detail)
    // Before it is written a request cannot be aborted, but its connection can be ended.
    if (this.#controller) this.#controller.abort(new Error(detail))
    else this.#connection.destroy()
  }

  #end(error: TransportError, detail: string | null): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    const took = this.#clock.now() - this.sentAt
    if (!this.#written) this.#connection.destroy()
    const answer =
      this.#status === 0 ? null : { status: this.#status, headers: this.#headers, body: this.#body().toString() }
    this.#onEnd({ sentAt: this.sentAt, took, error, detail, answer })
  }

  #body(): Buffer {
    const [first] = this.#chunks
    return this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks)
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const one: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    one[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  }
  return one
}
