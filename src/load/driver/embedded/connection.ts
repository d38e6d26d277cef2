import type { Socket } from 'node:net'
import { buildConnector, Client } from 'undici'

/**
 * One HTTP/1.1 connection, kept alive between exchanges. It is an undici client of its own and not a place in undici's
 * pool, because a pool does not tell what a retry and an exact time-out must know: which socket an exchange is on,
 * whether it was used before, and how to end one that is still connecting.
 */
export class Connection {
  readonly client: Client
  #socket: Socket | null = null
  /** Exchanges begun on the present socket. */
  exchanges = 0
  /** Whether it waits to be taken. */
  free = false

  constructor(origin: string, { onIdle, onClosed }: { onIdle: () => void; onClosed: () => void }) {
    const build = buildConnector({ timeout: 0, keepAlive: false })
    this.client = new Client(origin, {
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        this.exchanges = 0
        // It does return the socket, though its type keeps quiet about it.
        this.#socket = build(options, callback) as unknown as Socket
      },
    })
    this.client.on('drain', onIdle)
    this.client.on('disconnect', onClosed)
  }

  get isOpen(): boolean {
    return this.#socket !== null && !this.#socket.destroyed && !this.client.destroyed
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0
  }

  /** What the socket failed with, if it did. */
  get failure(): NodeJS.ErrnoException | null {
    return this.#socket?.errored ?? null
  }

  /** Ends it at once, connecting or not. */
  destroy(): void {
    this.client.destroy(null, () => undefined)
    this.#socket?.destroy()
  }
}
