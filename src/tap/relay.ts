import { type AddressInfo, type Socket, createServer } from 'node:net'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { type RelayedConnection, relayConnection } from './connection.ts'
import type { TapCounts } from './counts.ts'
import { Tally } from './tally.ts'

/** One edge: where its tap listens, and the provider behind it. */
export interface TapEdge {
  id: string
  listen: { host: string; port: number }
  upstream: { host: string; port: number }
}

/** The open tap of one edge. */
export interface Relay {
  readonly id: string
  readonly port: number
  /** A copy of the counts at this moment. */
  counts(): TapCounts
  /** Stops listening and cuts what is open, without counting it as ended by anyone. */
  close(): Promise<void>
}

/** Listens for the edge's consumer. Rejects, naming edge and port, when the port cannot be bound. */
export async function openRelay(edge: TapEdge, { dialLimitMs = 5_000, firstBytesMs = 100 } = {}): Promise<Relay> {
  const dial = { ...edge.upstream, limitMs: dialLimitMs, firstBytesMs }
  const counts = noCounts()
  const open = new Set<RelayedConnection>()
  const relay = async (consumer: Socket) => {
    const tally = new Tally(counts)
    const connection = relayConnection(consumer, dial, tally)
    open.add(connection)
    tally.end(await connection.over)
    open.delete(connection)
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (consumer) => void relay(consumer))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(edge, error)))
    server.listen({ host: edge.listen.host, port: edge.listen.port, backlog: 1_024 }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
  return {
    id: edge.id,
    port: (server.address() as AddressInfo).port,
    counts: () => ({ ...counts }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of open) connection.cut()
      }),
  }
}

function noCounts(): TapCounts {
  return {
    connections: 0,
    open: 0,
    endedByConsumer: 0,
    endedByProvider: 0,
    unanswered: 0,
    turns: 0,
    bytesUp: 0,
    bytesDown: 0,
    canaryConnections: 0,
    canaryTurns: 0,
  }
}

function cannotListen({ id, listen }: TapEdge, error: NodeJS.ErrnoException): BrownoutError {
  const why = error.code === 'EADDRINUSE' ? 'the port is taken' : error.message
  return new BrownoutError(
    'CANNOT_LISTEN',
    `Failed to open the tap of "${id}" on ${listen.host}:${listen.port}: ${why}.`,
    {
      exitCode: exitCodes.inconclusive,
      cause: error,
    },
  )
}
