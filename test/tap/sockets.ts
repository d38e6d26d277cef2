import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import type { TapCounts } from '../../src/tap/counts.ts'
import { type Relay, openRelay } from '../../src/tap/relay.ts'

export const host = '127.0.0.1'

/** Listens on a free port; `[Symbol.asyncDispose]` ends all connections too. */
export async function listen(server: Server): Promise<{ port: number } & AsyncDisposable> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** A provider that keeps half-open connections, as every careful one does. */
export function provide(handle: (socket: Socket) => void): ReturnType<typeof listen> {
  return listen(createServer({ allowHalfOpen: true }, handle))
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  await using closed = await provide(() => undefined)
  return closed.port
}

/** A tap in front of `upstreamPort`. */
export async function openTap(
  upstreamPort: number,
  settings: { dialLimitMs?: number; firstBytesMs?: number } = {},
): Promise<Relay & AsyncDisposable> {
  const edge = { id: 'shop → stock', listen: { host, port: 0 }, upstream: { host, port: upstreamPort } }
  const relay = await openRelay(edge, settings)
  return { ...relay, [Symbol.asyncDispose]: () => relay.close() }
}

/** Connects as a consumer. The socket's own errors are left to whoever waits for its end. */
export async function dial(port: number): Promise<Socket & Disposable> {
  const socket = connect({ host, port, allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return Object.assign(socket, { [Symbol.dispose]: () => void socket.destroy() })
}

/** Sends `text` and resolves with the next chunk that comes back. */
export async function ask(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data')
  socket.write(text)
  return String((await answer)[0])
}

/** What `socket` still receives, and how it ended: `'end'`, or the code of the error. */
export async function receiveAll(socket: Socket): Promise<{ text: string; ending: string }> {
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  const ending = await new Promise<string>((resolve) => {
    socket.once('end', () => resolve('end'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  return { text, ending }
}

/** Generous, for a busy machine: `expect.poll(tap.counts, patience)`. */
export const patience = { timeout: 10_000, interval: 10 }

/** Counts of which all that are not named are zero. */
export function counted(counts: Partial<TapCounts>): TapCounts {
  return { ...noCounts, ...counts }
}

const noCounts: TapCounts = {
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
