import { type Socket, connect } from 'node:net'
import type { Ending, Tally } from './tally.ts'

/** Where the provider is, and how long to wait. */
export interface Dial {
  host: string
  port: number
  limitMs: number
  /** How long a refused consumer may take to show by its first bytes whether it is the canary. */
  firstBytesMs: number
}

export interface RelayedConnection {
  /** Resolves when both sides are closed, with the first cause; `null` when it was cut. */
  readonly over: Promise<Ending | null>
  cut(): void
}

/**
 * Relays an accepted connection to a provider it dials, both ways, until both sides have ended. A side that ends only its
 * own direction still gets what the other sends; a reset of one side becomes a reset of the other. A consumer whose provider
 * refuses, or is not reached in `limitMs`, is reset. `consumer` must allow half-open.
 */
export function relayConnection(consumer: Socket, dial: Dial, tally: Tally): RelayedConnection {
  const provider = connect({ host: dial.host, port: dial.port, allowHalfOpen: true, noDelay: true })
  const dialLimit = setTimeout(() => provider.destroy(), dial.limitMs)
  let connected = false
  let ending: Ending | null = null

  provider.once('connect', () => {
    connected = true
    clearTimeout(dialLimit)
  })

  consumer.on('data', (chunk) => {
    tally.fromConsumer(chunk)
    forward(chunk, consumer, provider)
  })
  provider.on('data', (chunk) => {
    tally.fromProvider(chunk)
    forward(chunk, provider, consumer)
  })
  consumer.on('drain', () => provider.resume())
  provider.on('drain', () => consumer.resume())

  consumer.once('end', () => {
    ending ??= 'endedByConsumer'
    provider.end()
  })
  provider.once('end', () => {
    ending ??= 'endedByProvider'
    consumer.end()
  })
  consumer.on('error', () => {
    ending ??= 'endedByConsumer'
    reset(provider)
  })
  provider.on('error', () => {
    if (!connected) return
    ending ??= 'endedByProvider'
    reset(consumer)
  })

  provider.once('close', () => {
    clearTimeout(dialLimit)
    if (connected || consumer.destroyed) return
    ending = 'unanswered'
    refuse(consumer, tally, dial.firstBytesMs)
  })

  return {
    over: Promise.all([closed(consumer), closed(provider)]).then(() => ending),
    cut() {
      consumer.destroy()
      provider.destroy()
    },
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** Writes what was read, and stops reading while the other side does not take it. */
function forward(chunk: Buffer, from: Socket, to: Socket): void {
  if (!to.destroyed && !to.write(chunk)) from.pause()
}

/** Resets the consumer, but not before it is known who it is: else a refused canary would be counted as workload. */
function refuse(consumer: Socket, tally: Tally, firstBytesMs: number): void {
  const resetNow = () => reset(consumer)
  if (tally.isKnown || consumer.readableEnded) return resetNow()
  const limit = setTimeout(resetNow, firstBytesMs)
  consumer.once('data', resetNow)
  consumer.once('end', resetNow)
  consumer.once('close', () => clearTimeout(limit))
}

function reset(socket: Socket): void {
  // Node fails to reset a socket whose FIN is on its way (EINVAL), and then never closes it.
  if (socket.writableEnded && !socket.writableFinished) socket.destroySoon()
  else if (socket.connecting) socket.destroy()
  else socket.resetAndDestroy()
}
