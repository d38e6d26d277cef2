import { type AddressInfo, type Socket, createServer } from 'node:net'
import { monotonicClock } from '../core/clock.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { execute } from './execute.ts'
import { RequestParser } from './parser.ts'
import { ReplyError, encodeReply } from './reply.ts'
import type { Session, Shared } from './session.ts'
import { Database } from './store.ts'

const databaseCount = 16

export interface RedisStandIn {
  readonly host: string
  readonly port: number
  /** Ends all connections; what was stored is gone. */
  close(): Promise<void>
}

/**
 * A small Redis in memory, for machines that have none. `now` is its clock, in milliseconds. Rejects when the port cannot be
 * bound; port 0 takes a free one.
 */
export async function startRedisStandIn({
  host,
  port,
  now = monotonicClock().now,
}: {
  host: string
  port: number
  now?: () => number
}): Promise<RedisStandIn> {
  const open = new Set<Socket>()
  const shared: Shared = {
    databases: Array.from({ length: databaseCount }, () => new Database(now)),
    now,
    startedAt: now(),
    connections: () => open.size,
  }
  let sessions = 0
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    serve(socket, startSession(++sessions, shared))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(host, port, error)))
    server.listen({ host, port }, resolve)
  })
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

function startSession(id: number, shared: Shared): Session {
  const [db] = shared.databases
  if (!db) throw new TypeError('no database')
  return { id, shared, db, name: '', protocol: 2, transaction: null, isEnding: false }
}

function serve(socket: Socket, session: Session): void {
  const parser = new RequestParser()
  socket.on('data', (chunk) => {
    if (session.isEnding) return
    parser.push(chunk)
    const replies = Buffer.concat([...answers(parser, session)])
    if (session.isEnding) socket.end(replies)
    else if (replies.length > 0 && !socket.write(replies)) socket.pause()
  })
  socket.on('drain', () => socket.resume())
  // A connection that breaks is its client's affair.
  socket.on('error', () => undefined)
}

/** Answers what has been read, up to the end of the connection. */
function* answers(parser: RequestParser, session: Session): Generator<Buffer> {
  try {
    while (!session.isEnding) {
      const request = parser.next()
      if (!request) return
      const [name, ...args] = request
      if (name) yield encodeReply(execute(session, name, args), session.protocol)
    }
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error
    session.isEnding = true
    yield encodeReply({ error: error.message }, session.protocol)
  }
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): BrownoutError {
  const why = error.code === 'EADDRINUSE' ? 'the port is taken' : error.message
  return new BrownoutError('CANNOT_LISTEN', `Failed to start the Redis stand-in on ${host}:${port}: ${why}.`, {
    exitCode: exitCodes.inconclusive,
    cause: error,
  })
}
